package dev.tocsin.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers that others have published for the formulas we took from them. */
class PublicCasesTest {
    /** A course of checks as Icinga's test has it, a letter each; the first check there counts as a change. */
    private static FlapScore icinga(String checks) {
        FlapScore score = FlapScore.CALM;
        int since = 1;
        char before = ' ';
        for (char state : checks.toCharArray()) {
            if (state == before) {
                since++;
            } else {
                score = score.changedAfter(since);
                since = 1;
            }
            before = state;
        }
        return new FlapScore(score.changes() << since - 1 & 0xFFFFF, score.flappingAfter(since - 1));
    }

    @Test
    @DisplayName("Icinga 2, test/icinga-checkable-flapping.cpp: host_not_flapping")
    void aHostThatStaysIsNotFlapping() {
        assertThat(icinga("OOOOOOOOOO").flappingAfter(0)).isFalse();
        assertThat(icinga("OOOOOOOOOO").percentAfter(0)).isLessThan(30);
    }

    @ParameterizedTest(name = "after {0} checks: {1}")
    @DisplayName("Icinga 2, test/icinga-checkable-flapping.cpp: host_flapping")
    @CsvSource({"1, false", "5, false", "6, true", "7, true", "19, true", "20, true", "25, true"})
    void aHostThatChangesWithEveryCheckFlapsFromTheSixthOn(int checks, boolean flaps) {
        assertThat(icinga("OWOWOWOWOWOWOWOWOWOWOWOWO".substring(0, checks)).flappingAfter(0))
                .isEqualTo(flaps);
    }

    @Test
    @DisplayName("Icinga 2, test/icinga-checkable-flapping.cpp: host_flapping_recover")
    void aHostThatRecoversLeavesAtTwentyFivePercent() {
        FlapScore score = icinga("WWWWWOWOWOWO");
        assertThat(score.percentAfter(0)).isGreaterThan(30);
        assertThat(score.flappingAfter(0)).isTrue();

        FlapScore quiet = score.changedAfter(1); // to the state in which it stays
        int checks = 0;
        while (quiet.flappingAfter(checks)) {
            assertThat(quiet.percentAfter(checks)).isGreaterThan(25);
            checks++;
        }

        assertThat(checks).isBetween(1, 20);
        assertThat(quiet.percentAfter(checks)).isLessThanOrEqualTo(25);
    }

    @Test
    @DisplayName("Icinga 2, test/icinga-checkable-flapping.cpp: host_flapping_docs_example")
    void theExampleOfTheirDocumentationScoresThirtyNinePointOne() {
        FlapScore score = icinga("CCCWCWOOOOWWWWOOOWWWC");

        assertThat(score.percentAfter(0)).isCloseTo(39.1, within(1e-9));
        assertThat(score.flappingAfter(0)).isTrue();
        assertThat(score.percentAfter(7)).isLessThan(25);
        assertThat(score.flappingAfter(7)).isFalse();
    }

    /* Theirs is cut to a millisecond, ours rounded. Below zero: it would have been told before. */
    @ParameterizedTest(name = "{0} confirmations after {1} ms: {2} ms remain")
    @DisplayName("memberlist, suspicion_test.go: TestSuspicion_remainingSuspicionTime")
    @CsvSource({"0, 0, 30000", "1, 2000, 14000", "2, 3000, 4810", "3, 4000, -2000", "4, 5000, -3000", "5, 10000, -8000"
    })
    void aSuspicionIsAsLongAsTheirs(int confirmations, long elapsed, long remaining) {
        assertThat(Confirmation.waitMillis(rules(2_000, 30_000), confirmations + 1) - elapsed)
                .isCloseTo(remaining, within(1L));
    }

    @ParameterizedTest(name = "{0} confirmations: {1} ms")
    @DisplayName("memberlist, suspicion_test.go: TestSuspicion_Timer")
    @CsvSource({"0, 2000", "1, 1250", "2, 810", "3, 500"})
    void theirTimerFiresWhenOursWould(int confirmations, long millis) {
        assertThat(Confirmation.waitMillis(rules(500, 2_000), confirmations + 1))
                .isCloseTo(millis, within(2L));
    }

    private static OutageRules rules(long minMillis, long maxMillis) {
        OutageRules usual = OutageRules.DEFAULT;
        return new OutageRules(
                usual.quorum(),
                usual.jobWideShare(),
                usual.jobWideMin(),
                usual.partialShare(),
                usual.partialMin(),
                Duration.ofMillis(minMillis),
                Duration.ofMillis(maxMillis),
                usual.settleCap(),
                usual.absentFor(),
                false);
    }
}
