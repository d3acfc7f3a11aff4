package dev.tocsin.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a story says of a stage that tells too little, too much, too late or something else. */
class PlayerTest {
    private static final Subject CHECKOUT = new Subject.OfJob(new JobRef("eu", "checkout"));

    /** A stage that tells what it was given, at its time, whatever is done on it. */
    private static final class Recital implements Stage {
        private final TreeMap<Duration, Told> parts = new TreeMap<>();
        private final List<Told> told = new ArrayList<>();
        final List<String> done = new ArrayList<>();
        private Duration clock = Duration.ZERO;

        Recital tells(int second, String state, String id, Fact fact, String value) {
            return tells(second, state, id, Map.of(fact, value, Fact.VERSION, "" + (1 + parts.size())));
        }

        Recital tells(int second, String state, String id, Map<Fact, String> facts) {
            Duration at = Duration.ofSeconds(second);
            parts.put(at, new Told(at, Told.Stream.OUTAGE, CHECKOUT, state, id, facts));
            return this;
        }

        @Override
        public void perform(Command command) {
            done.add(Span.text(clock) + " " + command.getClass().getSimpleName());
        }

        @Override
        public void pass(Duration time) {
            clock = clock.plus(time);
            Optional.ofNullable(parts.get(clock)).ifPresent(told::add);
        }

        @Override
        public List<Told> told() {
            return told;
        }
    }

    private static String play(Stage stage, String story) {
        Scenario scenario = ScenarioReader.read(
                        "a.scenario", "title A story\nsource prom-a cluster eu\njob checkout has 2 instances\n" + story)
                .scenario()
                .orElseThrow();
        return Player.play(scenario, stage).map(Failure::toString).orElse("");
    }

    @Test
    void aStoryThatIsToldAsExpectedIsWell() {
        Recital stage = new Recital()
                .tells(70, "opened", "o-1", Fact.VERDICT, "partial")
                .tells(80, "changed", "o-1", Fact.VERDICT, "job")
                .tells(130, "resolved", "o-1", Fact.REASON, "members_up");

        assertThat(play(stage, """
                        at 1m job checkout refuses for 1m
                        expect outage checkout verdict job within 45s
                        expect no outage for 30s
                        expect outage checkout resolved reason members_up within 1m
                        expect 1 outage of checkout
                        expect all over
                        """)).isEmpty();
        assertThat(stage.done).containsExactly("1m Fail", "2m Recover");
    }

    @Test
    void whatIsToldTooLateSaysWhatWasToldInstead() {
        Recital stage = new Recital().tells(106, "opened", "o-1", Fact.VERDICT, "job");

        assertThat(play(stage, "at 1m job checkout refuses\nexpect outage checkout verdict job within 45s"))
                .isEqualTo("""
                        a.scenario:5:1: expect outage checkout verdict job within 45s
                        at 1m45s: nothing such was told
                        told until then:
                          nothing""");
    }

    @Test
    void aSecondWithinCountsFromTheSameCommand() {
        Recital stage = new Recital()
                .tells(100, "opened", "o-1", Fact.VERDICT, "partial")
                .tells(106, "changed", "o-1", Fact.VERDICT, "job");

        assertThat(
                        play(
                                stage,
                                "at 1m\nexpect outage checkout opened within 45s\nexpect outage checkout verdict job within 45s"))
                .contains("a.scenario:6:1")
                .contains("at 1m45s")
                .contains("1m40s outage job checkout in eu opened verdict partial");
    }

    @Test
    void anOpeningThatIsNotAsExpectedIsNotPassedOver() {
        Recital stage = new Recital()
                .tells(70, "opened", "o-1", Fact.VERDICT, "instance")
                .tells(75, "changed", "o-1", Fact.VERDICT, "job");

        assertThat(play(stage, "at 1m\nexpect outage checkout opened verdict job within 45s"))
                .contains("at 1m10s: was told: 1m10s outage job checkout in eu opened verdict instance"
                        + " version 1 (wanted verdict job)");
    }

    @Test
    void whatNobodyExpectedIsTold() {
        Recital stage = new Recital().tells(70, "opened", "o-1", Fact.VERDICT, "job");

        assertThat(play(stage, "at 2m\nexpect 0 finding records"))
                .startsWith("a.scenario\nat 2m: told, and not expected by any line: [1m10s outage job checkout");
    }

    @Test
    void silenceIsBrokenByTheFirstWord() {
        Recital stage = new Recital().tells(70, "opened", "o-1", Fact.VERDICT, "job");

        assertThat(play(stage, "at 1m\nexpect nothing for 1m")).contains("at 1m10s: was told: 1m10s outage");
        assertThat(play(stage, "at 3m\nexpect 2..3 outages")).contains("it is 1 outages");
        assertThat(play(stage, "at 3m\nexpect all over")).contains("open are [1m10s outage");
    }

    @Test
    void versionsOfOneIdCountOn() {
        Recital stage = new Recital()
                .tells(70, "opened", "o-1", Map.of(Fact.VERSION, "1"))
                .tells(80, "resolved", "o-1", Map.of(Fact.VERSION, "3"));

        assertThat(play(stage, "at 2m\nexpect outage checkout opened\nexpect outage checkout resolved"))
                .contains("does not follow the version before: [1m20s outage");
    }
}
