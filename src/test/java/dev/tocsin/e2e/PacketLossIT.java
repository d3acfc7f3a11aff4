package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that loses packets between the monitor and all of its servers. What it cannot see is never down. */
final class PacketLossIT {
    private static final int SOURCES = 100;
    private static final int ANSWERS = 600;

    @TempDir
    Path folder;

    @Test
    void tenPercentLossEachWayIsNoOutageOfAJob() {
        lose(10);
    }

    @Test
    void thirtyPercentLossEachWayIsNoOutageOfAJob() {
        lose(30);
    }

    private void lose(int percent) {
        if (Kernel.lacks("network-namespace", "packet loss of " + percent + " %", Tool.IP, Tool.NFT)) {
            return;
        }
        try (var network = new Namespace(folder);
                var many = new ManySources(SOURCES, folder, network.command())) {
            many.watch();
            long before = many.tell("up");
            network.lose(percent);
            Awaitility.await("answers through the loss")
                    .atMost(ofSeconds(120))
                    .pollInterval(ofSeconds(1))
                    .until(() -> many.tell("up") - before >= ANSWERS);
            print(percent, many.tell("up") - before, network, many);
            assertThat(network.lost())
                    .as("it lost packets, or this test proves nothing")
                    .isPositive();
            assertThat(many.opened("job")).isEmpty();
            assertThat(many.opened("site")).isEmpty();
            assertThat(many.notUp()).isZero();

            anOutageIsFoundAllTheSame(network, many);
        }
    }

    private static void anOutageIsFoundAllTheSame(Namespace network, ManySources many) {
        many.tell("down checkout");
        awaitOpen(many, SOURCES * 4 / 5);
        network.lose(0);
        awaitOpen(many, SOURCES);
        many.tell("up");
        Awaitility.await("all is over").atMost(ofSeconds(90)).untilAsserted(() -> assertThat(
                        many.open("job") + many.open("source"))
                .isZero());
        assertThat(many.opened("job").filter(event -> !event.ofJob("checkout"))).isEmpty();
    }

    private static void print(int percent, long answers, Namespace network, ManySources many) {
        System.err.printf(
                "packet loss %d %% each way: %d sources, %d answers sent, %d packets lost, %d times blind, %d source"
                        + " outages; phantoms: %d outages of jobs, %d of sites, %d targets told to be anything but up%n",
                percent,
                SOURCES,
                answers,
                network.lost(),
                many.tocsin().logged("state=\"blind\""),
                many.opened("source").count(),
                many.opened("job").count(),
                many.opened("site").count(),
                many.notUp());
    }

    private static void awaitOpen(ManySources many, int sources) {
        Awaitility.await(sources + " sources tell the outage of their job")
                .atMost(ofSeconds(150))
                .until(() -> many.open("job") >= sources);
    }
}
