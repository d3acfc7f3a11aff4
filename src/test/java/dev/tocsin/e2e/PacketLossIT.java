package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that loses packets between the monitor and all of its servers. What it cannot see is never down. */
final class PacketLossIT {
    private static final int SOURCES = 100;
    private static final Duration LOSSY = ofSeconds(40);

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
        if (Kernel.lacks("network-namespace", "packet loss of " + percent + " %")) {
            return;
        }
        try (var network = new Namespace(folder);
                var many = new ManySources(SOURCES, folder, network.command())) {
            many.watch();
            long before = many.tell("up");
            network.lose(percent);
            Awaitility.await("time to pass")
                    .pollDelay(LOSSY)
                    .atMost(LOSSY.plusSeconds(5))
                    .until(() -> true);

            long jobs = many.opened("job").count();
            long notUp = many.notUp();
            System.err.printf(
                    "packet loss %d %% each way, %d sources polled for %d s: %d answers, phantom outages of jobs %d,"
                            + " phantom states of targets %d; sources that were blind for over 10 s %d, sites %d%n",
                    percent,
                    SOURCES,
                    LOSSY.toSeconds(),
                    many.tell("up") - before,
                    jobs,
                    notUp,
                    many.opened("source").count(),
                    many.opened("site").count());
            assertThat(jobs).isZero();
            assertThat(notUp).isZero();
        }
    }
}
