package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of one name that start again and again, and the clock of one of them is wrong. */
final class TakeOverStormIT {
    private static final Pattern TAKES = Pattern.compile("Kafka takes our records.* epoch=\"?(\\d+)");

    private final RealKafka kafka = new RealKafka();

    @RegisterExtension
    final World world = World.of(1).with("kafka: {bootstrap: \"" + kafka.bootstrap() + "\", partitions: 3}");

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "F94, F96: of two that take over from each other, clocks hours apart, each start is one writer's alone,"
                    + " and readers see one story")
    void eachStartIsOneWritersAloneAndReadersSeeOneStory() {
        world.endsWith(kafka).start();
        WallClock clock = new WallClock(folder);
        TocsinProcess skewed = world.elsewhere().under(clock.command());
        TocsinProcess right = world.tocsin();
        world.serve(Map.of("checkout", 4, "node", 6));
        world.watch();
        List<Long> starts = new ArrayList<>(List.of(start(right, 1)));

        for (String offset : List.of("+3h", "-3h")) {
            clock.set(offset);
            world.job("checkout").forEach(Exporter::refuse);
            starts.add(takeOver(skewed, right, starts.size()));
            awaitOpen(skewed, Map.of("checkout", "job"));
            world.job("checkout").forEach(Exporter::up);
            starts.add(takeOver(right, skewed, starts.size()));
            awaitOpen(right, Map.of());
        }

        assertThat(starts).doesNotHaveDuplicates().isSorted();
        Witness.at(kafka.bootstrap()).awaitTopicsSayWhatIsIn(right.log());
        List<Event> outages = kafka.read("tocsin.outages");
        Invariants.everyOutageOpensOnceAndEndsOnce(outages);
        assertThat(outages.stream().filter(Event::opened)).hasSize(2);
        assertThat(outages.stream().map(Event::epoch)).isSorted();
    }

    /** Starts one and waits for the end of the other; the number of that start. */
    private static long takeOver(TocsinProcess newer, TocsinProcess elder, int nth) {
        int before = starts(newer).size();
        newer.start();
        assertThat(elder.awaitEnd(ofSeconds(60))).as("the elder's end").isEqualTo(1);
        return start(newer, before + 1);
    }

    private static long start(TocsinProcess process, int nth) {
        Awaitility.await("start " + nth)
                .atMost(ofSeconds(30))
                .until(() -> starts(process).size() >= nth);
        return starts(process).get(nth - 1);
    }

    private static List<Long> starts(TocsinProcess process) {
        return TAKES.matcher(process.stderr())
                .results()
                .map(line -> Long.parseLong(line.group(1)))
                .toList();
    }

    private static void awaitOpen(TocsinProcess process, Map<String, String> verdicts) {
        Awaitility.await("what is open")
                .atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(process.log().open()).isEqualTo(verdicts));
    }
}
