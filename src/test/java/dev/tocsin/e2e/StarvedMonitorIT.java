package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The monitor gets less than it wants: of the CPU, of open files. */
final class StarvedMonitorIT {
    private static final int SOURCES = 60;

    @RegisterExtension
    final World world = World.of(1);

    @TempDir
    Path folder;

    @Test
    @DisplayName("F58: a tenth of a cpu is no event and outages are still found")
    void aTenthOfACpuIsNoEventAndOutagesAreStillFound() {
        if (Kernel.lacks("cpu-quota", "a tenth of a CPU")) {
            return;
        }
        world.serve(Map.of("checkout", 5, "node", 10, "cache", 30));
        world.watch();
        int mark = world.events().mark();

        CpuQuota quota = world.endsWith(new CpuQuota(world.tocsin().pid(), 10));
        world.awaitObserved(ofSeconds(20));
        assertThat(world.unexplained(mark)).isEmpty();

        world.job("checkout").forEach(Exporter::refuse);
        Event opened = world.events().await("an outage", ofSeconds(60), Event::opened);
        world.job("checkout").forEach(Exporter::up);
        Event ended = world.events().await("its end", ofSeconds(60), Event::ended);

        assertThat(opened.at("scope.job")).isEqualTo("checkout");
        assertThat(ended.id()).isEqualTo(opened.id());
        assertThat(world.events().outages().filter(Event::opened)).containsExactly(opened);
        assertThat(quota.throttled())
                .as("it starved, or this test proves nothing")
                .isPositive();
    }

    @Test
    @DisplayName("F68: who has no file descriptor for a source is blind there and sees the others")
    void whoHasNoFileDescriptorForASourceIsBlindThereAndSeesTheOthers() throws Exception {
        try (var many = new ManySources(SOURCES, folder)) {
            many.watch();
            long open = many.tocsin().openFiles();
            /* Connections are what it opened last. */
            many.tocsin().limitFiles(open - SOURCES / 2);
            many.tell("hang up");

            Awaitility.await("some sources are blind").atMost(ofSeconds(60)).until(() -> many.open("source") > 0);
            many.tell("down checkout");
            Awaitility.await("outages are found where it sees")
                    .atMost(ofSeconds(60))
                    .until(() -> many.open("job") > 0);
            many.tell("up");
            many.tocsin().limitFiles(open + SOURCES);
            Awaitility.await("all is over").atMost(ofSeconds(90)).untilAsserted(() -> assertThat(
                            many.open("job") + many.open("source") + many.open("site"))
                    .isZero());

            System.err.printf(
                    "%d sources, %d files: %d source outages, %d of sites, %d of the job that was down; phantoms: %d%n",
                    SOURCES,
                    open - SOURCES / 2,
                    many.opened("source").count(),
                    many.opened("site").count(),
                    many.opened("job").filter(event -> event.ofJob("checkout")).count(),
                    many.opened("job").filter(event -> !event.ofJob("checkout")).count());
            assertThat(many.opened("job").filter(event -> !event.ofJob("checkout")))
                    .isEmpty();
        }
    }
}
