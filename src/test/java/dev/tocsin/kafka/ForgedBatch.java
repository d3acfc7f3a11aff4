package dev.tocsin.kafka;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;

/** A batch that no producer of Kafka's would send, sent all the same: bytes on a socket. */
final class ForgedBatch {
    private static final short VERSION = 12; // the last one that names topics

    private ForgedBatch() {}

    /** Sends it, and returns what the broker says of it. */
    static Map<Errors, Integer> send(String broker, String topic, int partition, BaseRecords batch) throws IOException {
        ProduceRequestData data = new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(5_000)
                .setTopicData(new ProduceRequestData.TopicProduceDataCollection(
                        List.of(new ProduceRequestData.TopicProduceData()
                                        .setName(topic)
                                        .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData()
                                                .setIndex(partition)
                                                .setRecords(batch))))
                                .iterator()));
        RequestHeader header = new RequestHeader(ApiKeys.PRODUCE, VERSION, "forger", 1);
        ByteBuffer request = new ProduceRequest(data, VERSION).serializeWithHeader(header);
        int port = Integer.parseInt(broker.substring(broker.lastIndexOf(':') + 1));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                DataInputStream answer = new DataInputStream(socket.getInputStream())) {
            ByteBuffer framed = ByteBuffer.allocate(4 + request.remaining());
            framed.putInt(request.remaining()).put(request);
            socket.getOutputStream().write(framed.array());
            ByteBuffer said = ByteBuffer.wrap(answer.readNBytes(answer.readInt()));
            return AbstractResponse.parseResponse(said, header).errorCounts();
        }
    }
}
