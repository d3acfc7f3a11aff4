package dev.tocsin.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formulas of design, section 5. */
class RulesTest {

    @ParameterizedTest(name = "{0} witnesses wait {1} ms")
    @CsvSource({"1, 30000", "2, 17500", "3, 10188", "4, 5000", "100, 5000"})
    void confirmationShrinksWithIndependentWitnesses(int pairs, long millis) {
        assertThat(Confirmation.waitMillis(OutageRules.DEFAULT, pairs)).isEqualTo(millis);
    }

    @ParameterizedTest(name = "{0} up, {1} down, {2} unknown, {3} gone: {4}")
    @CsvSource({
        "19, 1, 0, 0, INSTANCE",
        "7, 3, 0, 0, PARTIAL",
        "8, 2, 0, 0, INSTANCE",
        "1, 9, 0, 0, JOB",
        "2, 8, 0, 0, PARTIAL",
        "0, 1, 0, 0, INSTANCE",
        "0, 2, 0, 0, JOB",
        "0, 2, 8, 0, INSTANCE",
        "0, 3, 7, 0, PARTIAL",
        "0, 0, 0, 20, JOB",
        "2, 1, 0, 0, INSTANCE"
    })
    void aVerdictIsEarnedByTheShareOfAllExpected(int up, int down, int unknown, int gone, Verdict verdict) {
        JobCounts counts = new JobCounts(up + down + unknown + gone, up, down, unknown, gone, 0);

        assertThat(VerdictRule.earned(counts, OutageRules.DEFAULT)).isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0} with {1} of {2} down may be left: {3}")
    @CsvSource({
        "JOB, 8, 10, false",
        "JOB, 7, 10, true",
        "PARTIAL, 2, 10, false",
        "PARTIAL, 1, 5, true",
        "INSTANCE, 0, 9, false"
    })
    void aVerdictIsLeftOnlyATenthBelowItsLine(Verdict verdict, int down, int expected, boolean below) {
        JobCounts counts = new JobCounts(expected, expected - down, down, 0, 0, 0);

        assertThat(VerdictRule.below(verdict, counts, OutageRules.DEFAULT)).isEqualTo(below);
    }

    @Test
    void aStateThatChangesAtEveryCheckScoresNinetyNinePercent() {
        FlapScore score = FlapScore.CALM;
        for (int i = 0; i < 20; i++) {
            score = score.changedAfter(1);
        }

        assertThat(score.percentAfter(0)).isCloseTo(99, within(0.01));
    }

    @Test
    void flappingStartsAboveThirtyPercentAndStopsAtTwentyFive() {
        FlapScore score = FlapScore.CALM;
        for (int i = 0; i < 5; i++) {
            score = score.changedAfter(1);
        }
        assertThat(score.percentAfter(0)).isCloseTo(28.5, within(0.01));
        assertThat(score.flappingAfter(0)).isFalse();

        score = score.changedAfter(1);
        assertThat(score.percentAfter(0)).isCloseTo(33.9, within(0.01));
        assertThat(score.flappingAfter(0)).isTrue();

        assertThat(score.flappingAfter(13)).isTrue();
        assertThat(score.flappingAfter(16)).isFalse();
    }

    @Test
    void flappingEndsAfterTwentyQuietChecksAtTheLatest() {
        FlapScore score = FlapScore.CALM;
        for (int i = 0; i < 1_000; i++) {
            score = score.changedAfter(1);
        }

        assertThat(score.flappingAfter(20)).isFalse();
    }

    @Test
    void idsAreDistinctAndTheSameWhenDecidedAgain() {
        Set<String> ids = new HashSet<>();
        Scope scope = new Scope.Source("eu", "a");
        for (int seq = 1; seq <= 1_000; seq++) {
            ids.add(OutageIds.of(scope, 1, seq, Instant.EPOCH));
        }

        assertThat(ids).hasSize(1_000).allMatch(id -> id.matches("o-[0-9A-HJKMNP-TV-Z]{26}"));
        assertThat(OutageIds.of(scope, 1, 7, Instant.EPOCH))
                .isEqualTo(OutageIds.of(scope, 1, 7, Instant.EPOCH))
                .isNotEqualTo(OutageIds.of(scope, 1, 7, Instant.EPOCH.plusMillis(1)));
    }
}
