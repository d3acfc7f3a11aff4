package dev.tocsin.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.outage.ImpactRule.Why;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users feel, as a table; each answer has its reason. */
class ImpactRuleTest {

    @ParameterizedTest(name = "{0}: {1} up, {2} down, {3} unknown, {4} disagreeing, known {5}, undecided {6}: {7}")
    @CsvSource({
        "JOB, 0, 4, 0, 0, true, false, SERVICE_OUT, USERS",
        "INSTANCE, 0, 1, 0, 0, true, false, SERVICE_OUT, USERS",
        "JOB, 1, 9, 0, 0, true, false, SERVICE_NEARLY_OUT, USERS",
        "JOB, 0, 9, 1, 0, true, false, SERVICE_NEARLY_OUT, USERS",
        "PARTIAL, 2, 2, 0, 0, true, false, OTHERS_SERVE, NONE_KNOWN",
        "INSTANCE, 0, 1, 0, 1, true, false, OTHERS_SERVE, NONE_KNOWN",
        "PARTIAL, 0, 2, 2, 0, true, false, NOT_KNOWN, ",
        "JOB, 0, 4, 0, 0, false, true, NOT_KNOWN_YET, ",
        "JOB, 0, 4, 0, 0, false, false, NOT_KNOWN, ",
    })
    void ofAService(
            Verdict verdict,
            int up,
            int down,
            int unknown,
            int disagreeing,
            boolean known,
            boolean undecided,
            Why why,
            Impact impact) {
        JobCounts servers = new JobCounts(up + down + unknown + disagreeing, up, down, unknown, 0, disagreeing);

        Why said = ImpactRule.ofService(verdict, servers, known, undecided);

        assertThat(said).isEqualTo(why);
        assertThat(said.impact).isEqualTo(impact);
    }

    @ParameterizedTest(name = "{0} unknown, {1} perhaps, {2} served, {3} undecided, {4} others serve, {5} out: {6}")
    @CsvSource({
        "0, 0, 4, 0, 0, 0, SERVED_NOT_SCRAPED, OBSERVABILITY",
        "1, 0, 4, 0, 0, 0, PERHAPS_SERVED, NONE_KNOWN",
        "0, 1, 4, 0, 0, 0, PERHAPS_SERVED, NONE_KNOWN",
        "0, 4, 0, 0, 0, 0, PERHAPS_SERVED, NONE_KNOWN",
        "0, 0, 4, 0, 1, 0, OTHERS_SERVE, NONE_KNOWN",
        "9, 9, 9, 9, 9, 1, BACKENDS_OUT, USERS",
        "0, 0, 4, 1, 0, 0, NOT_KNOWN_YET, ",
        "1, 0, 4, 1, 0, 0, NO_LONGER_SURE, ",
        "0, 0, 0, 1, 4, 0, OTHERS_SERVE_SO_FAR, NONE_KNOWN",
        "4, 0, 0, 0, 0, 0, NOT_KNOWN, ",
    })
    void ofAJob(int unknown, int perhaps, int served, int undecided, int others, int out, Why why, Impact impact) {
        Why said = ImpactRule.ofScraped(new int[] {unknown, perhaps, served, undecided, others, out});

        assertThat(said).isEqualTo(why);
        assertThat(said.impact).isEqualTo(impact);
    }

    @Test
    void whatIsNotKnownYetLeavesWhatWasTold() {
        assertThat(ImpactRule.told(Why.NOT_KNOWN_YET, Impact.USERS)).isEqualTo(Impact.USERS);
        assertThat(ImpactRule.told(Why.NOT_KNOWN, Impact.USERS)).isNull();
        assertThat(ImpactRule.told(Why.NO_LONGER_SURE, Impact.OBSERVABILITY)).isEqualTo(Impact.NONE_KNOWN);
        assertThat(ImpactRule.told(Why.NO_LONGER_SURE, Impact.USERS)).isEqualTo(Impact.USERS);
        assertThat(ImpactRule.told(Why.NO_LONGER_SURE, null)).isNull();
        assertThat(ImpactRule.told(Why.OTHERS_SERVE_SO_FAR, Impact.USERS)).isEqualTo(Impact.USERS);
        assertThat(ImpactRule.told(Why.OTHERS_SERVE_SO_FAR, Impact.OBSERVABILITY))
                .isEqualTo(Impact.NONE_KNOWN);
    }
}
