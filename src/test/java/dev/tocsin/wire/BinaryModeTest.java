package dev.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Tombstone;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

class BinaryModeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RecursiveComparisonConfiguration WHOLE = RecursiveComparisonConfiguration.builder()
            .withStrictTypeChecking(true)
            .withIgnoreAllOverriddenEquals(true)
            .build();

    @Test
    void everyRecordComesBackAsItWent() throws Exception {
        for (long seed = 0; seed < 1_000; seed++) {
            Event event = new RandomRecords(seed).event();

            Envelope envelope = BinaryMode.read(BinaryMode.headers(event), BinaryMode.value(event));

            assertThat(envelope.event())
                    .as("seed " + seed)
                    .usingRecursiveComparison(WHOLE)
                    .isEqualTo(event);
            assertThat(envelope.key()).isEqualTo(new String(BinaryMode.key(event), StandardCharsets.UTF_8));
            assertThat(envelope.partitionKey()).isEqualTo(event.partitionKey());
            assertThat(envelope.offset()).isEqualTo(-1);
            assertThat(JSON.readTree(envelope.line())).as("its line").isEqualTo(JSON.readTree(CloudEvents.line(event)));
        }
    }

    @Test
    void headersAndValueAreTheAttributesAndTheDataOfTheLine() throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            Event event = new RandomRecords(seed).event();
            JsonNode line = JSON.readTree(CloudEvents.line(event));

            Map<String, String> headers = BinaryMode.headers(event);

            Map<String, String> wanted = new LinkedHashMap<>();
            line.properties()
                    .forEach(attribute -> wanted.put(
                            "ce_" + attribute.getKey(), attribute.getValue().asText()));
            wanted.remove("ce_data");
            wanted.put("content-type", String.valueOf(wanted.remove("ce_datacontenttype")));
            assertThat(headers).as("seed " + seed).isEqualTo(wanted);
            byte[] value = BinaryMode.value(event);
            assertThat(value == null ? null : JSON.readTree(value))
                    .as("seed " + seed)
                    .isEqualTo(line.get("data").isNull() ? null : line.get("data"));
        }
    }

    @Test
    void theSdkOfCloudEventsReadsEveryRecord() {
        for (long seed = 0; seed < 500; seed++) {
            Event event = new RandomRecords(seed).event();
            RecordHeaders headers = new RecordHeaders();
            BinaryMode.headers(event)
                    .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));

            CloudEvent read = KafkaMessageFactory.createReader(headers, BinaryMode.value(event))
                    .toEvent();

            assertThat(read.getSubject()).as("seed " + seed).isEqualTo(event.key());
            assertThat(read.getSource().toString()).isEqualTo(event.origin());
            assertThat(read.getExtension("partitionkey")).isEqualTo(event.partitionKey());
            assertThat(read.getDataContentType()).isEqualTo("application/json");
            assertThat(read.getData() == null).isEqualTo(event instanceof Event.OfTombstone);
        }
    }

    @Test
    void aTombstoneHasHeadersAndNoValue() throws RecordRefused {
        Event end = new Event.OfTombstone(new Tombstone(
                Stream.HEALTH,
                "prom-a:1",
                List.of("eu-1", "prom-a"),
                "eu-1",
                Instant.parse("2026-11-20T10:00:00Z"),
                3,
                18));

        assertThat(BinaryMode.value(end)).isNull();
        assertThat(BinaryMode.read(BinaryMode.headers(end), null).event()).isEqualTo(end);
    }

    @Test
    void aRecordOfAnotherMakeIsRefusedWithTheReason() {
        assertThatThrownBy(() -> BinaryMode.read(Map.of(), null))
                .isInstanceOf(RecordRefused.class)
                .hasMessage("type: got nothing, want a text");
        assertThatThrownBy(() -> BinaryMode.read(Map.of("ce_type", "dev.tocsin.health.v2"), new byte[] {'{', '}'}))
                .isInstanceOfSatisfying(RecordRefused.class, refused -> assertThat(refused.newer())
                        .isTrue());
        assertThatThrownBy(() -> BinaryMode.read(Map.of("ce_type", "dev.tocsin.health.v1"), new byte[] {'{'}))
                .isInstanceOf(RecordRefused.class)
                .hasMessageStartingWith("line: no JSON");
    }

    @Test
    void thePartitionIsTheOneThatKafkaGivesTheKey() {
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            String key = new RandomRecords(i).event().partitionKey() + "x".repeat(random.nextInt(5));
            int partitions = 1 + random.nextInt(40);

            int partition = BinaryMode.partition(key, partitions);

            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            assertThat(partition).as(key).isEqualTo(Utils.toPositive(Utils.murmur2(bytes)) % partitions);
        }
    }
}
