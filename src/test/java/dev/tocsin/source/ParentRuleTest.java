package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Observation.Reading;
import dev.tocsin.source.Composition.Child;
import dev.tocsin.source.Composition.Form;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a child's requests, case by case of facts/traefik.md section 6, propagation. */
class ParentRuleTest {
    @ParameterizedTest(name = "{0} {1} {2}: {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                // form, healthCheck, children, rules, fact
                "WEIGHTED | false | UP DOWN        | SERVED DEAD_SHARE       | it keeps its share and answers 503",
                "WEIGHTED | false | DOWN DOWN      | DEAD_SHARE DEAD_SHARE   | both shares",
                "WEIGHTED | false | UNCHECKED DOWN | UNCHECKED DEAD_SHARE    | each stands for its own share",
                "WEIGHTED | false | UNKNOWN UP     | UNPROVEN SERVED         | not looked at since a reload",
                "WEIGHTED | true  | UP DOWN        | SERVED TAKEN_OVER       | a dead child is dropped",
                "WEIGHTED | true  | UP UNKNOWN     | SERVED TAKEN_OVER       | whatever the other is, somebody answers",
                "WEIGHTED | true  | DOWN DOWN      | NOBODY_LEFT NOBODY_LEFT | 503 for all",
                "WEIGHTED | true  | DOWN UNKNOWN   | UNPROVEN UNPROVEN       | the other may be alive",
                "WEIGHTED | true  | DOWN UNCHECKED | UNCHECKED UNCHECKED     | nobody knows of the other",
                "FAILOVER | false | UP DOWN        | SERVED TAKEN_OVER       | the main one answers all",
                "FAILOVER | false | UP UNCHECKED   | SERVED TAKEN_OVER       | how the fallback is does not matter yet",
                "FAILOVER | false | DOWN UP        | TAKEN_OVER SERVED       | main dead, fallback alive: served",
                "FAILOVER | true  | DOWN DOWN      | NOBODY_LEFT NOBODY_LEFT | 503 with and without a healthCheck of its own",
                "FAILOVER | false | DOWN UNCHECKED | UNCHECKED UNCHECKED     | a fallback that is dead unseen gives 502",
                "FAILOVER | false | UNCHECKED UP   | UNCHECKED UNCHECKED     | an unchecked main one gets all, dead or not",
                "FAILOVER | false | UNKNOWN UP     | UNPROVEN UNPROVEN       | as above",
                "MIRRORING | false | UP            | SERVED                  | it follows its main service only",
                "MIRRORING | false | DOWN          | NOBODY_LEFT             | as above"
            })
    void theRequestsOfAChild(Form form, boolean healthCheck, String children, String rules, String fact) {
        List<Reading> readings =
                Stream.of(children.split(" ")).map(Reading::valueOf).toList();

        assertThat(judged(form, healthCheck, readings)).as(fact).isEqualTo(rules);
    }

    /* It chooses by the client's address, and keeps or drops its dead just the same (hrw.go and wrr.go of 3.7.9). */
    @Test
    void highestRandomWeightIsJudgedAsWeighted() {
        for (boolean healthCheck : new boolean[] {true, false}) {
            for (Reading one : Reading.values()) {
                for (Reading other : Reading.values()) {
                    List<Reading> readings = List.of(one, other);

                    assertThat(judged(Form.HIGHEST_RANDOM_WEIGHT, healthCheck, readings))
                            .isEqualTo(judged(Form.WEIGHTED, healthCheck, readings));
                }
            }
        }
    }

    private static String judged(Form form, boolean healthCheck, List<Reading> readings) {
        List<Child> children = IntStream.range(0, readings.size())
                .mapToObj(i -> new Child("c" + i + "@file", 1))
                .toList();
        Composition parent = new Composition(form, healthCheck, children);
        return String.join(
                " ",
                IntStream.range(0, readings.size())
                        .mapToObj(i -> ParentRule.judge(parent, readings, i).name())
                        .toList());
    }
}
