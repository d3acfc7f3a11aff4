package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.source.TraefikService.Check;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is believed of a server, case by case of facts/traefik.md section 2. */
class ServerRuleTest {
    private static final long WAIT = 9_000;

    @ParameterizedTest(name = "{7}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // checked, api, gauge, gauges told, rose, up for, rule, fact
                "false | true  | -     | true  | false | 99000 | UNCHECKED   | no check: UP for ever",
                "false | true  | false | true  | false | 99000 | UNCHECKED   | passive check alone: the gauge may stick at 0",
                "true  | -     | true  | true  | false | 99000 | UNCHECKED   | no router leads to it: no check runs, the gauge is stale",
                "true  | -     | false | true  | false | 99000 | UNCHECKED   | a stale gauge of 0 means as little",
                "true  | false | -     | false | false | 0     | API_DOWN    | a probe failed since the reload",
                "true  | false | true  | true  | true  | 0     | API_DOWN    | whatever the gauge of before says",
                "true  | true  | false | true  | false | 99000 | GAUGE_DOWN  | a reload made it UP, the last check had failed",
                "true  | true  | true  | true  | true  | 0     | GAUGE_ROSE  | a check has just succeeded",
                "true  | true  | true  | true  | false | 8999  | UNPROVEN    | a standing gauge of 1 proves nothing",
                "true  | true  | true  | true  | false | 9000  | UP_OUTLIVED | a check must have run since the reload",
                "true  | true  | -     | true  | false | 99000 | UNPROVEN    | where each check leaves a gauge, none has run",
                "true  | true  | -     | false | false | 8999  | UNPROVEN    | without metrics UP may be the reload's doing",
                "true  | true  | -     | false | false | 9000  | UP_OUTLIVED | without metrics, and for TCP, time alone tells"
            })
    void aServerIsBelievedToBe(
            boolean checked,
            Boolean api,
            Boolean gauge,
            boolean gaugesTold,
            boolean rose,
            long upMillis,
            ServerRule rule,
            String fact) {
        ServerRule.Evidence seen =
                new ServerRule.Evidence(false, checked, api, gauge, gaugesTold, rose, upMillis, WAIT);

        assertThat(ServerRule.judge(seen)).as(fact).isEqualTo(rule);
    }

    @Test
    void aFencedServerIsNeitherUpNorDownWhateverIsSaidOfIt() {
        for (boolean api : new boolean[] {true, false}) {
            assertThat(ServerRule.judge(new ServerRule.Evidence(true, true, api, api, true, api, WAIT, WAIT)))
                    .isEqualTo(ServerRule.FENCED);
        }
    }

    @Test
    void serversAreCheckedOneAfterAnotherSoADeadCrowdDelaysAllVerdicts() {
        assertThat(ServerRule.waitMillis(new Check(30_000, 5_000, true), 20)).isEqualTo(30_000 + 20 * 5_000 + 2_000);
    }
}
