package dev.tocsin.scenario;

import static dev.tocsin.scenario.Lines.SETTING;
import static dev.tocsin.scenario.Lines.mistakes;
import static dev.tocsin.scenario.Lines.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of a scenario's file, and how its mistakes are told. */
class ScenarioReaderTest {
    @Test
    void allMistakesAreToldAtOnceEachWithItsPlace() {
        assertThat(mistakes("""
                        at 30 job checkout refuses
                        at 30s job chekout refuses
                          target checkout/13 refuses
                        source prom-x blind for 2m
                        """))
                .containsExactly(
                        "a.scenario:7:4: got 30, want a duration such as 30s or 1m30s",
                        "a.scenario:8:12: got chekout, want a job: checkout, node; did you mean checkout?",
                        "a.scenario:9:10: got checkout/13, want a known target such as checkout/7, checkout/1..6 or"
                                + " checkout/10.0.0.7:8080",
                        "a.scenario:10:8: got prom-x, want a source: prom-a, prom-b, prom-us, all; did you mean prom-a?");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "target checkout/7 refsues     | 26 | refsues | did you mean refuses?",
                "target checkout/7             | 25 | the end of the line | refuses, refuse, fails",
                "target checkout/7 refuses now | 34 | now | for, the end of the line",
                "job node refuses              | 17 | refuses | in and a cluster: eu, us",
                "job node in uk refuses        | 20 | uk | a cluster that has it: eu, us",
                "source prom-a frozn           | 22 | frozn | did you mean frozen?",
                "source prom-a clock 10m       | 28 | 10m | such as +10m or -1h",
                "tocsin stall 30s              | 15 | stall | did you mean stalls?",
                "expect outage checkout verdict jobs      | 39 | jobs | instance, partial, job; did you mean job?",
                "expect outage checkout opened verdict    | 45 | the end of the line | instance, partial, job",
                "expect outage checkout opned  | 31 | opned | did you mean opened?",
                "expect outage checkout down x | 36 | x | a number or a range",
                "expect finding flaping about job node | 23 | flaping | did you mean flapping?",
                "expect nothing within 1m      | 23 | within | for",
                "expect nothing for a while    | 27 | a | a duration such as",
                "host 10.9.9.9 refuses         | 13 | 10.9.9.9 | a host that some target is on",
                "target checkout/1 fails x     | 32 | x | a text in quotes",
                "please work                   | 8 | please | target, job, host, source, tocsin, expect"
            })
    void aMistakeSaysWhatCameAndWhatWasWanted(String line, int column, String got, String want) {
        assertThat(mistakes("at 1m " + line)).singleElement().satisfies(told -> assertThat(told)
                .startsWith("a.scenario:7:" + (column - 1) + ": got " + got + ", want ")
                .contains(want));
    }

    @Test
    void timeDoesNotGoBack() {
        assertThat(mistakes("at 1m job checkout refuses\nexpect outage checkout opened within 45s\nat 90s"))
                .containsExactly(
                        "a.scenario:9:1: got at 1m30s, want no earlier than 1m45s, to which the lines before may take");
    }

    @Test
    void aFileWithoutATitleOrAnExpectationProvesNothing() {
        assertThat(ScenarioReader.read("a.scenario", "source prom-a\nat 1m\n").mistakes())
                .extracting(Mistake::got)
                .containsExactly("no title", "a story that expects nothing");
    }

    @Test
    void aLineMayBeContinuedAndMistakesKeepTheirPlace() {
        assertThat(mistakes("at 1m job checkout \\\n   refuses \\\n for ever"))
                .containsExactly("a.scenario:9:6: got ever, want a duration such as 30s or 1m30s");
    }

    @Test
    void targetsAreNamedByNumberByNameByJobAndByHost() {
        Step.Act act = (Step.Act) read("at 1m\ntarget checkout/2..3, node/10.0.0.8:9100, node/1 in eu refuse for 2m")
                .steps()
                .get(1);

        Command.Fail fail = (Command.Fail) act.commands().get(0).command();
        assertThat(fail.targets())
                .extracting(TargetRef::instance)
                .containsExactly("checkout-2:9100", "checkout-3:9100", "10.0.0.8:9100", "10.0.0.7:9100");
        assertThat(act.commands().get(1))
                .isEqualTo(new Step.Timed(Duration.ofMinutes(2), new Command.Recover(fail.targets())));
        assertThat(((Step.Act) read("at 1m\nhost 10.0.0.7 hangs").steps().get(1)).commands())
                .extracting(Step.Timed::command)
                .containsExactly(new Command.Hang(List.of(new TargetRef(new JobRef("eu", "node"), "10.0.0.7:9100"))));
    }

    @Test
    void whatJoinsLaterIsKnownFromThenOn() {
        read("at 1m\njob checkout has 5..16\ntarget checkout/16 refuses\njob checkout becomes till\njob till refuses");
    }

    @Test
    void commentsAndQuotesAreReadAsSuch() {
        Scenario scenario = read("at 1m target checkout/1 fails \"a \\\"b\\\" # c, d\", \"e\" # not read");

        Command.Fail fail = (Command.Fail)
                ((Step.Act) scenario.steps().get(1)).commands().get(0).command();
        assertThat(fail.texts()).containsExactly("a \"b\" # c, d", "e");
    }

    @Test
    void aSettingThatCannotBeIsAMistake() {
        assertThat(mistakes("""
                        source prom-a
                        job checkout in eu has 3 instances
                        job checkout in us has 3 instances
                        rule confirm 30s..5s
                        scrape every 10s timeout 15s
                        poll every 0s
                        at 1m"""))
                .containsExactly(
                        "a.scenario:7:1: got prom-a, want another name: there is such a source",
                        "a.scenario:8:1: got checkout, want another name: there is such a job",
                        "a.scenario:10:1: got 30s..5s, want the shorter wait first",
                        "a.scenario:11:1: got every 10s timeout 15s, want a timeout that is no longer than the interval",
                        "a.scenario:12:1: got 0s, want a second at least");
    }

    @Test
    void aStoryThatForgetsItsFirstMomentIsToldSo() {
        assertThat(mistakes("job checkout refuses"))
                .contains("a.scenario:7:14: got refuses, want in, has")
                .anyMatch(told -> told.startsWith("a.scenario:8:1: got expect, want at, source, traefik, job"));
    }

    /** Whatever stands in a file is read or told as a mistake. */
    @Test
    void noTextIsTooStrange() {
        SplittableRandom random = new SplittableRandom(7);
        List<String> words = List.of(
                "at",
                "1m",
                "target",
                "checkout/1..6",
                "refuses",
                "\"",
                ",",
                "for",
                "..",
                "\\",
                "#",
                "source",
                "all",
                "/",
                "expect",
                "outage",
                "0",
                "99999999999999999999",
                "1..",
                "job",
                "node",
                "in",
                "eu",
                "é",
                "\t",
                "verdict");
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(SETTING);
            for (int word = random.nextInt(20); word >= 0; word--) {
                text.append(words.get(random.nextInt(words.size()))).append(random.nextInt(6) == 0 ? "\n" : " ");
            }

            ScenarioReader.Read read = ScenarioReader.read("a.scenario", text.toString());

            assertThat(read.scenario().isPresent())
                    .as("%s", text)
                    .isEqualTo(read.mistakes().isEmpty());
        }
    }
}
