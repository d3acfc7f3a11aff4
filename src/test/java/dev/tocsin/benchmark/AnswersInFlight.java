package dev.tocsin.benchmark;

import static dev.tocsin.benchmark.Row.number;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;

/**
 * 200 answers of 5 MB in flight at once: the server has sent four fifths of each and waits. Heap after a collection
 * then, against the same process with nothing in flight, and with one answer; the targets are known from polls before.
 */
final class AnswersInFlight {
    private static final int SOURCES = 200;
    private static final int TARGETS = 5_000;
    private static final int SHARE_MAX = 8; // of what the bodies would take, held whole: the eighth part

    private AnswersInFlight() {}

    public static void main(String[] args) throws Exception {
        double bodyMegabytes = new Documents(TARGETS, 1).next(Instant.now()).length / 1e6;
        try (FleetServer.Child server = FleetServer.start(TARGETS);
                Fleet fleet = new Fleet(
                        SOURCES,
                        server.port,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        new SimpleMeterRegistry())) {
            Fleet.await("two polls of each", () -> fleet.readyBatches.get() >= 2 * SOURCES);
            double idle = megabytes();
            double one = inFlight(server, fleet, 1);
            double all = inFlight(server, fleet, SOURCES);
            if (fleet.deltas.get() != (long) SOURCES * TARGETS) {
                throw new IllegalStateException("want one delta per target, got " + fleet.deltas.get());
            }
            double bodies = SOURCES * bodyMegabytes;
            Row.held(
                            number("heap added by 200 answers of %.1f MB in flight", bodyMegabytes),
                            number("%.0f MB", all - idle) + number(" (%.2f MB each)", (all - idle) / SOURCES),
                            number("held whole: %.0f MB", bodies),
                            number("1/%.0f", bodies / Math.max(0.1, all - idle)),
                            "<= 1/8",
                            (all - idle) * SHARE_MAX <= bodies)
                    .print();
            Row.told(
                            "  heap of the process with 200 in flight, 1 M targets",
                            number("%.0f MB", all),
                            number("with one in flight: %.0f MB", one),
                            number("%.2fx", all / one))
                    .print();
        }
        System.exit(0);
    }

    private static double inFlight(FleetServer.Child server, Fleet fleet, int answers) throws Exception {
        server.tell("hold/" + answers);
        Awaitility.await("held answers").atMost(Duration.ofMinutes(2)).until(() -> server.tell("held") >= answers);
        Thread.sleep(2_000); // what is still in the sockets is read
        double heap = megabytes();
        long before = fleet.readyBatches.get();
        server.tell("release");
        Fleet.await("the answers that were held", () -> fleet.readyBatches.get() >= before + answers);
        return heap;
    }

    private static double megabytes() {
        return Heap.afterCollection() / 1e6;
    }
}
