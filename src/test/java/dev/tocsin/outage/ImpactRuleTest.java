package dev.tocsin.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.outage.ImpactRule.Clients;
import dev.tocsin.outage.ImpactRule.Felt;
import dev.tocsin.outage.ImpactRule.Why;
import dev.tocsin.outage.Instance.Said;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users feel, as a table; each answer has its reason. */
class ImpactRuleTest {

    @ParameterizedTest(
            name = "{0}: {1} up, {2} down, {3} unknown, {4} disagreeing, known {5}, undecided {6}, clients {7}: {8}")
    @CsvSource({
        "JOB, 0, 4, 0, 0, true, false, LOST, SERVICE_OUT, USERS",
        "JOB, 0, 4, 0, 0, true, false, ANSWERED, PARENTS_SERVE, NONE_KNOWN",
        "JOB, 0, 4, 0, 0, true, false, UNDECIDED, OUT_SO_FAR, USERS",
        "JOB, 0, 4, 0, 0, false, false, ANSWERED, NOT_KNOWN, ",
        "INSTANCE, 0, 1, 0, 0, true, false, LOST, SERVICE_OUT, USERS",
        "JOB, 1, 9, 0, 0, true, false, ANSWERED, SERVICE_NEARLY_OUT, USERS",
        "JOB, 0, 9, 1, 0, true, false, ANSWERED, SERVICE_NEARLY_OUT, USERS",
        "PARTIAL, 2, 2, 0, 0, true, false, ANSWERED, OTHERS_SERVE, NONE_KNOWN",
        "INSTANCE, 0, 1, 0, 1, true, false, ANSWERED, OTHERS_SERVE, NONE_KNOWN",
        "PARTIAL, 0, 2, 2, 0, true, false, LOST, NOT_KNOWN, ",
        "JOB, 0, 4, 0, 0, false, true, LOST, NOT_KNOWN_YET, ",
        "JOB, 0, 4, 0, 0, false, false, LOST, NOT_KNOWN, ",
    })
    void ofAService(
            Verdict verdict,
            int up,
            int down,
            int unknown,
            int disagreeing,
            boolean known,
            boolean undecided,
            Clients clients,
            Why why,
            Impact impact) {
        JobCounts servers = new JobCounts(up + down + unknown + disagreeing, up, down, unknown, 0, disagreeing);

        Why said = ImpactRule.ofService(verdict, servers, known, undecided, clients);

        assertThat(said).isEqualTo(why);
        assertThat(said.impact).isEqualTo(impact);
    }

    @ParameterizedTest(
            name =
                    "{0} unknown, {1} perhaps, {2} served, {3} undecided, {4} silent, {5} others serve, {6}, unproven {7}: {8}")
    @CsvSource({
        "0, 0, 4, 0, 0, 0, , false, SERVED_NOT_SCRAPED, OBSERVABILITY",
        "1, 0, 4, 0, 0, 0, , false, PERHAPS_SERVED, NONE_KNOWN",
        "0, 1, 4, 0, 0, 0, , false, PERHAPS_SERVED, NONE_KNOWN",
        "0, 4, 0, 0, 0, 0, , false, PERHAPS_SERVED, NONE_KNOWN",
        "0, 0, 4, 0, 0, 1, , false, OTHERS_SERVE, NONE_KNOWN",
        "9, 9, 9, 9, 0, 9, SERVICE_OUT, false, BACKENDS_OUT, USERS",
        "9, 9, 9, 9, 0, 9, OUT_SO_FAR, false, OUT_SO_FAR, USERS",
        "9, 9, 9, 0, 0, 9, PARENTS_SERVE, false, PARENTS_SERVE, NONE_KNOWN",
        "0, 0, 0, 1, 0, 0, PARENTS_SERVE, false, OTHERS_SERVE_SO_FAR, NONE_KNOWN",
        "0, 0, 4, 1, 0, 0, , false, NOT_KNOWN_YET, ",
        "1, 0, 4, 1, 0, 0, , false, NO_LONGER_SURE, ",
        "0, 0, 0, 1, 0, 4, , false, OTHERS_SERVE_SO_FAR, NONE_KNOWN",
        "4, 0, 0, 0, 0, 0, , false, NOT_KNOWN, ",
        "0, 0, 2, 0, 2, 0, , false, NOT_KNOWN_YET, ",
        "0, 0, 2, 0, 2, 0, , true, PERHAPS_SERVED, NONE_KNOWN",
        "0, 0, 0, 0, 4, 0, , true, NOT_KNOWN, ",
        "0, 0, 2, 1, 1, 0, , true, NO_LONGER_SURE, ",
        "1, 0, 2, 0, 1, 0, , false, NO_LONGER_SURE, ",
        "0, 0, 0, 0, 1, 4, , false, OTHERS_SERVE_SO_FAR, NONE_KNOWN",
        "0, 0, 0, 0, 1, 4, , true, OTHERS_SERVE, NONE_KNOWN",
        "0, 0, 2, 0, 1, 0, NOT_SERVED, false, NO_LONGER_SURE, ",
        "0, 0, 2, 0, 0, 4, NOT_SERVED, false, OTHERS_SERVE_SO_FAR, NONE_KNOWN",
    })
    void ofAJob(
            int unknown,
            int perhaps,
            int served,
            int undecided,
            int silent,
            int others,
            @Nullable Felt one,
            boolean unproven,
            Why why,
            @Nullable Impact impact) {
        int[] felt =
                Arrays.copyOf(new int[] {unknown, perhaps, served, undecided, silent, 0, others}, Felt.values().length);
        if (one != null) {
            felt[one.ordinal()]++;
        }

        Why said = ImpactRule.ofScraped(felt, unproven);

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
        assertThat(ImpactRule.told(Why.OUT_SO_FAR, Impact.NONE_KNOWN)).isEqualTo(Impact.NONE_KNOWN);
        assertThat(ImpactRule.told(Why.OUT_SO_FAR, Impact.OBSERVABILITY)).isEqualTo(Impact.USERS);
        assertThat(ImpactRule.told(Why.OUT_SO_FAR, null)).isEqualTo(Impact.USERS);
    }

    @ParameterizedTest(name = "led to: {0}, its parents say {1} and {2}: {3}")
    @CsvSource({
        "false, UP, UP, ANSWERED",
        "false, UP, DOWN, LOST",
        "false, UP, UNKNOWN, LOST",
        "false, UP, UNDECIDED, UNDECIDED",
        "true, UP, UP, LOST",
        "true, UP, UNDECIDED, LOST",
        ", UP, UP, UNDECIDED",
        ", UP, DOWN, LOST",
    })
    void ofTheClients(@Nullable Boolean led, Said one, Said other, Clients clients) {
        assertThat(ImpactRule.clients(led, List.of(one, other))).isEqualTo(clients);
        assertThat(ImpactRule.clients(led, List.of())).isEqualTo(Clients.LOST);
    }
}
