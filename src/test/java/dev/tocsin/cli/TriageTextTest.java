package dev.tocsin.cli;

import static dev.tocsin.triage.Rounds.REFUSED;
import static dev.tocsin.triage.Rounds.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.Approved;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.triage.Report;
import dev.tocsin.triage.ReportForm;
import dev.tocsin.triage.Rounds;
import dev.tocsin.wire.RecordSchemas;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page of a look, and its document. */
class TriageTextTest {
    private static final String HOSTILE = "server returned HTTP status 500 \u001b[2J\u202Eevil\r\n\u009b31m";

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
