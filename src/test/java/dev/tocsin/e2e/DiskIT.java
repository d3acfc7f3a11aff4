package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A disk that refuses while the world goes on: nothing is told that is not safe, and nothing is lost. */
final class DiskIT {
    @RegisterExtension
    final World world = World.of(1);

    @TempDir
    Path folder;

    @Test
    @DisplayName("F65: a full disk delays what is told and loses nothing")
    void aFullDiskDelaysWhatIsToldAndLosesNothing() {
        if (Kernel.lacks("tmpfs", "a full disk")) {
            return;
        }
        SmallDisk disk = world.endsWith(new SmallDisk(world.tocsin().data(), 512));
        world.serve(Map.of("checkout", 5, "node", 10));
        world.watch();
        disk.fill();

        somethingHappensAndNothingIsTold();
        disk.free();

        whatHappenedIsToldOnce();
    }

    @Test
    @DisplayName("F65: a restart on a full disk forgets nothing")
    void aRestartOnAFullDiskForgetsNothing() {
        if (Kernel.lacks("tmpfs", "a restart on a full disk")) {
            return;
        }
        SmallDisk disk = world.endsWith(new SmallDisk(world.tocsin().data(), 512));
        world.serve(Map.of("checkout", 5, "node", 10));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        Event opened = world.events().await("an outage", ofSeconds(30), Event::opened);
        disk.fill();

        world.tocsin().kill();
        world.tocsin().start();
        Awaitility.await("it runs and cannot write").atMost(ofSeconds(30)).until(() -> refusals() > 0);
        world.job("checkout").forEach(Exporter::up);
        world.job("node").get(0).refuse();
        disk.free();

        Event ended = world.events().await("its end", ofSeconds(40), Event::ended);
        Event next = world.events().await("the next", ofSeconds(40), event -> event.ofJob("node") && event.opened());
        assertThat(ended.id()).isEqualTo(opened.id());
        assertThat(world.events().outages().filter(Event::opened)).containsExactlyInAnyOrder(opened, next);
    }

    @Test
    @DisplayName("F66: a disk that cannot synchronise delays what is told and loses nothing")
    void aDiskThatCannotSynchroniseDelaysWhatIsToldAndLosesNothing() {
        if (Kernel.lacks("ptrace", "fsync that fails with EIO", Tool.STRACE)) {
            return;
        }
        world.serve(Map.of("checkout", 5, "node", 10));
        world.watch();
        BrokenSync disk = world.endsWith(new BrokenSync(world.tocsin().pid(), folder));

        somethingHappensAndNothingIsTold();
        disk.mend();

        whatHappenedIsToldOnce();
    }

    @Test
    @DisplayName("F71: who is told twice to stop does not wait for the disk")
    void whoIsToldTwiceToStopDoesNotWaitForTheDisk() {
        if (Kernel.lacks("ptrace", "fsync that fails with EIO", Tool.STRACE)) {
            return;
        }
        world.serve(Map.of("node", 2));
        world.watch();
        world.endsWith(new BrokenSync(world.tocsin().pid(), folder));

        /* One alone would wait for the disk, and end with 0. */
        assertThat(world.tocsin().terminateAgainAndAgain()).isEqualTo(1);
    }

    private void somethingHappensAndNothingIsTold() {
        int mark = world.events().mark();
        world.job("checkout").forEach(Exporter::refuse);
        Awaitility.await("the disk refused").atMost(ofSeconds(30)).until(() -> refusals() > 0);
        Awaitility.await("the server saw it")
                .atMost(ofSeconds(20))
                .until(() -> Collections.frequency(world.server().health().values(), "down") == 5);
        long polls = world.server().answeredTargets();
        Awaitility.await("and so did we")
                .atMost(ofSeconds(60))
                .until(() -> world.server().answeredTargets() > polls + 20);

        /* Health may be: a disk that is full still has room in the last page of a file. */
        assertThat(world.events().since(mark))
                .filteredOn(Event::outage)
                .extracting(Event::brief)
                .isEmpty();
    }

    private void whatHappenedIsToldOnce() {
        Event opened = world.events().await("an outage", ofSeconds(30), Event::opened);
        world.job("checkout").forEach(Exporter::up);
        Event ended = world.events().await("its end", ofSeconds(30), Event::ended);
        assertThat(opened.at("scope.job")).isEqualTo("checkout");
        assertThat(ended.id()).isEqualTo(opened.id());
        assertThat(world.events().outages().filter(Event::opened)).containsExactly(opened);
        assertThat(world.tocsin().logged("the disk takes records again")).isPositive();

        int mark = world.events().mark();
        world.tocsin().kill();
        world.tocsin().start();
        world.awaitObserved(ofSeconds(5));
        assertThat(world.events().since(mark))
                .filteredOn(Event::outage)
                .extracting(Event::brief)
                .isEmpty();
        world.awaitLogSays(Map.of());
    }

    private long refusals() {
        return world.tocsin().logged("the disk refused");
    }
}
