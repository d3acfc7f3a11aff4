package dev.tocsin.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.PollResult;
import dev.tocsin.health.SourceState.Why;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.dns.AddressResolverOptions;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F29: a name that does not resolve costs a state that says so. */
@DisplayName("F29: a name that does not resolve")
final class DnsTest {
    private static final int SILENT = -1;

    @ParameterizedTest
    @CsvSource({"NXDOMAIN, 3", "SERVFAIL, 2"})
    void aNameThatDoesNotResolveIsTold(String name, int code) {
        PollResult.Dark dark = polled(code);

        assertThat(dark.why()).as(dark.detail()).isEqualTo(Why.DNS);
        assertThat(dark.detail()).contains("prom.example");
    }

    @ParameterizedTest
    @CsvSource("silence")
    void aNameServerThatDoesNotAnswerCostsNoMoreThanTheDeadline(String name) {
        assertThat(polled(SILENT).why()).isIn(Why.DNS, Why.TIMEOUT);
    }

    private static PollResult.Dark polled(int code) {
        Vertx names = Vertx.vertx();
        try {
            DatagramSocket socket = names.createDatagramSocket();
            socket.handler(packet -> answer(socket, packet, code));
            Rig.join(socket.listen(0, "127.0.0.1"));
            AddressResolverOptions resolver = new AddressResolverOptions()
                    .addServer("127.0.0.1:" + socket.localAddress().port())
                    .setQueryTimeout(2_000)
                    .setNdots(1);
            try (Rig rig = new Rig(new VertxOptions().setAddressResolverOptions(resolver))) {
                rig.poll(Rig.with(Rig.config("prom-a", "http://prom.example:9090"), Duration.ofSeconds(3)));
                PollResult.Dark dark = rig.dark(0);
                assertThat(rig.uncaught).isEmpty();
                return dark;
            }
        } finally {
            Rig.join(names.close());
        }
    }

    /** The question back, with that code: a response, recursion desired and available. */
    private static void answer(DatagramSocket socket, DatagramPacket packet, int code) {
        if (code != SILENT) {
            Buffer response = packet.data().copy();
            response.setByte(2, (byte) 0x81).setByte(3, (byte) (0x80 | code));
            socket.send(response, packet.sender().port(), packet.sender().host());
        }
    }
}
