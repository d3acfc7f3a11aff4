package dev.tocsin.cli;

import static dev.tocsin.triage.Rounds.REFUSED;
import static dev.tocsin.triage.Rounds.names;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.Approved;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.triage.Report;
import dev.tocsin.triage.ReportForm;
import dev.tocsin.triage.Rounds;
import dev.tocsin.wire.RecordSchemas;
import dev.tocsin.wire.Schemas;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page of a look, and its document. */
class TriageTextTest {
    private static final String HOSTILE = "server returned HTTP status 500 \u001b[2J\u202Eevil\r\n\u009b31m";

    private static final String CHECK_FAILED = "traefik: health check failed: serverStatus is DOWN";

    private final Rounds rounds = new Rounds();

    private String text(boolean all) {
        return TriageText.of(rounds.report(), all, ZoneOffset.UTC);
    }

    private void badNight() {
        rounds.server("prom-a", "eu-1")
                .down("checkout", REFUSED, names("checkout", 1, 12))
                .down("search", "server returned HTTP status 503 Service Unavailable", names("search", 1, 4))
                .down("search", "Get \"http://%s/metrics\": context deadline exceeded", names("search", 5, 5))
                .up("search", names("search", 6, 12))
                .down("node", REFUSED, "10.0.0.7:9100")
                .up("node", names("node", 1, 40));
        rounds.server("prom-b", "eu-1")
                .down("checkout", REFUSED, names("checkout", 1, 12))
                .up("node", "10.0.0.7:9100");
        rounds.server("prom-a").lastUp(600, "checkout", names("checkout", 1, 12));
        rounds.dark("prom-c", SourceState.STARTING, Why.WAL_REPLAY, "replaying WAL segment 3 of 17");
    }

    @Test
    void aBadNightReadsAsApproved() {
        badNight();

        Approved.isSame("triage/bad-night.txt", text(false));
    }

    private void twoViews() {
        rounds.server("prom-a", "eu-1")
                .down("checkout", REFUSED, hosts(10, 1, 4))
                .lastUp(600, "checkout", hosts(10, 1, 4))
                .down("payments", REFUSED, hosts(20, 1, 3))
                .up("search", hosts(30, 1, 2));
        rounds.balancer("edge-1", "eu-1")
                .up("checkout@docker", hosts(10, 1, 4))
                .down("payments@docker", CHECK_FAILED, hosts(20, 1, 3))
                .down("search@docker", CHECK_FAILED, hosts(30, 1, 2));
        rounds.server("prom-b", "eu-2").down("young", REFUSED, hosts(40, 1, 1)).lastUp(20, "young", hosts(40, 1, 1));
        rounds.balancer("edge-2", "eu-2").up("young@docker", hosts(40, 1, 1));
    }

    private static String[] hosts(int network, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "10.0." + network + "." + i + ":8080")
                .toArray(String[]::new);
    }

    @Test
    void whatTheOtherViewSaysStandsBelowEachJob() {
        twoViews();

        Approved.isSame("triage/two-views.txt", text(false));
    }

    @Test
    void theDocumentTellsOfTheOtherViewAsARecordDoes() throws IOException {
        twoViews();

        JsonNode document =
                new ObjectMapper().readTree(ReportForm.of(rounds.report()).toString());

        assertThat(RecordSchemas.mistakes("triage", document.toString())).isEmpty();
        assertThat(document.at("/jobs").findValuesAsText("impact"))
                .containsExactly("users", "users", "users", "observability");
        assertThat(document.at("/jobs/0/join/0/rung").asText()).isEqualTo("host_port");
        assertThat(document.at("/jobs/0/joinTotal").asInt()).isEqualTo(1);
        for (String field : List.of("impact", "join", "joinTotal")) {
            assertThat(schema("triage").at("/properties/jobs/items/properties/" + field))
                    .as(field)
                    .isEqualTo(schema("outage").at("/properties/" + field))
                    .isNotEmpty();
        }
    }

    private static JsonNode schema(String name) throws IOException {
        return new ObjectMapper().readTree(Schemas.named(name).orElseThrow());
    }

    @Test
    void aQuietNightIsAFewLines() {
        rounds.server("prom-a", "eu-1").up("node", names("node", 1, 40));

        Approved.isSame("triage/quiet-night.txt", text(false));
    }

    @Test
    void itFitsItsWidthButForWhatIsToBeCopied() {
        badNight();
        rounds.server("prom-d", "x".repeat(300)).down("j".repeat(300), REFUSED, "i".repeat(300) + ":1");

        assertThat(text(true).lines())
                .allMatch(line -> line.codePointCount(0, line.length()) <= 100 || line.contains("iiiiiii"));
    }

    @Test
    void manyAreCountedUnlessAllAreWanted() {
        IntStream.range(0, 30)
                .forEach(job -> rounds.server("prom-a", "eu").down("job" + job, REFUSED, names("job" + job, 1, 300)));

        assertThat(text(false).lines().count()).isLessThan(200);
        assertThat(text(false))
                .contains("and 298 more instances (--all shows them)")
                .contains("and 10 more jobs with instances down (--all shows them)");
        assertThat(text(true)).contains("job29-300:9100").doesNotContain("more");
    }

    @Test
    void nothingHostileReachesATerminal() {
        rounds.server("prom-a", "eu\u001b]0;x\u0007")
                .down("web\u202E", HOSTILE, "h\u0000:1")
                .up("web\u202E", "ok:1");

        String text = text(true);
        String all = text + ReportForm.of(rounds.report());

        assertThat(all.codePoints()).noneMatch(c -> c != '\n' && Character.getType(c) == Character.CONTROL);
        assertThat(text.codePoints()).noneMatch(c -> Character.getType(c) == Character.FORMAT);
        assertThat(text.lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).startsWith("DOWN: 1 single instance"));
    }

    @Test
    void theDocumentIsAsItsSchemaSays() {
        badNight();
        rounds.server("prom-a").up("slow", "slow:1");

        Report report = rounds.report();

        assertThat(RecordSchemas.mistakes("triage", ReportForm.of(report).toString()))
                .isEmpty();
    }
}
