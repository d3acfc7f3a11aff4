package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** F63: somebody sets the wall clock under the monitor. */
final class WallClockIT {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int POLLS = 6;

    @RegisterExtension
    final World world = World.of(1);

    @TempDir
    Path folder;

    @Test
    @DisplayName("F63: a wall clock that is set by hours and years is no event and times never go back")
    void aWallClockThatIsSetByHoursAndYearsIsNoEventAndTimesNeverGoBack() {
        WallClock clock = new WallClock(folder);
        world.tocsin().under(clock.command());
        world.serve(Map.of("checkout", 5, "node", 10));
        world.watch();
        int mark = world.events().mark();

        for (String offset : List.of("+1h", "-1h", "-10y", "+10y", "+0")) {
            clock.set(offset);
            awaitPolls();
        }
        assertThat(world.unexplained(mark)).allMatch(finding -> finding.contains("clock_skew"));

        world.job("checkout").forEach(Exporter::refuse);
        clock.set("-1h");
        Event opened = world.events().await("an outage", ofSeconds(30), Event::opened);
        clock.set("-10y");
        awaitPolls();
        world.job("checkout").forEach(Exporter::up);
        Event ended = world.events().await("its end", ofSeconds(30), Event::ended);

        assertThat(ended.id()).isEqualTo(opened.id());
        assertThat(opened.at("scope.job")).isEqualTo("checkout");
        assertThat(world.events().outages().filter(Event::opened)).containsExactly(opened);
        assertThat(world.tocsin().terminate()).isZero();
        for (String stream : List.of("health", "outages", "findings", "watermarks")) {
            timesNeverGoBack(world.tocsin().log().read(stream));
        }
    }

    /** Waits for some polls after the clock was read again, and holds their pace against the interval. */
    private void awaitPolls() {
        long before = world.server().answeredTargets();
        Awaitility.await("polls go on")
                .atMost(ofSeconds(30))
                .until(() -> world.server().answeredTargets() > before + 2);
        long from = world.server().answeredTargets();
        long began = System.nanoTime();
        Awaitility.await("more polls")
                .atMost(ofSeconds(30))
                .until(() -> world.server().answeredTargets() >= from + POLLS);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        long polls = world.server().answeredTargets() - from;
        assertThat(took)
                .as(polls + " polls")
                .isGreaterThan(POLL.multipliedBy(polls).dividedBy(2));
    }

    private static void timesNeverGoBack(List<Event> log) {
        List<String> back = new ArrayList<>();
        Instant last = Instant.MIN;
        for (Event event : log) {
            Instant time = Instant.parse(event.line().path("time").asText());
            if (time.isBefore(last)) {
                back.add(last + " then " + time + ": " + event.brief());
            }
            last = time;
        }
        assertThat(back).isEmpty();
    }
}
