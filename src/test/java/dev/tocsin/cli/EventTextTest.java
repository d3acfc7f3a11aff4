package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bus.Told;
import dev.tocsin.health.Cause;
import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.Finding;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Locus;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Target;
import dev.tocsin.health.Tombstone;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.BothViews;
import dev.tocsin.outage.JobCounts;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Reason;
import dev.tocsin.outage.Scope;
import dev.tocsin.outage.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a tired person reads, line by line. */
class EventTextTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:33Z");
    private static final Instant START = Instant.parse("2026-11-20T10:00:03Z");
    private static final CauseKind REFUSED = new CauseKind(CauseFamily.TRANSPORT, "connection_refused", Locus.TARGET);
    private static final String REMEDY = "Nothing listens there: is the process running, on this port?";
    private static final Source PROM = new Source("prom-a", "eu-1", SourceKind.PROMETHEUS);

    private final EventText text = new EventText(ZoneOffset.UTC, false, Output.UNWRAPPED);

    @Test
    void aSingleInstanceOpens() {
        assertThat(line(job(Outage.Change.OPENED, Reason.INSTANCE_DOWN, Verdict.INSTANCE, counts(20, 1), 1.0)))
                .isEqualTo(
                        "10:00:33 OPENED   checkout in eu-1: 1 of 20 instances down | connection refused, the target is"
                                + " sick | 10.0.0.1:80 | " + REMEDY + " | since 10:00:03 | o-1");
    }

    @Test
    void aPartOfAJobAndThenAllOfIt() {
        assertThat(line(job(Outage.Change.CHANGED, Reason.PARTIAL_SHARE_REACHED, Verdict.PARTIAL, counts(20, 7), 0.9)))
                .startsWith(
                        "10:00:33 CHANGED  checkout in eu-1: part of the job down: 7 of 20 | mostly connection refused,")
                .contains(" | joined 10.0.0.2:80 | left 10.0.0.9:80 | ");
        assertThat(line(job(Outage.Change.CHANGED, Reason.JOB_WIDE_SHARE_REACHED, Verdict.JOB, counts(12, 12), 1.0)))
                .startsWith("10:00:33 CHANGED  checkout in eu-1: whole job down: 12 of 12 | ");
        assertThat(line(job(Outage.Change.CHANGED, Reason.MEMBERS_CHANGED, Verdict.JOB, counts(12, 1), 1.0)))
                .startsWith("10:00:33 CHANGED  checkout in eu-1: job-wide outage: 1 of 12 down | ");
    }

    @Test
    void theEndSaysHowLongItLasted() {
        assertThat(line(job(Outage.Change.RESOLVED, Reason.MEMBERS_UP, Verdict.JOB, counts(12, 0), 1.0)))
                .isEqualTo("10:00:33 RESOLVED checkout in eu-1 | all instances are up | after 12m3s | o-1");
        assertThat(line(job(Outage.Change.CLOSED, Reason.JOB_ABSENT, Verdict.JOB, counts(0, 0), 1.0)))
                .isEqualTo(
                        "10:00:33 CLOSED   checkout in eu-1 | the job has no instances any more | after 12m3s | o-1");
    }

    @Test
    void anEndThatNobodySawSaysItsBounds() {
        Told away = outage(
                new Scope.Job("eu-1", SourceKind.PROMETHEUS, "checkout"),
                Outage.Change.RESOLVED,
                Reason.ENDED_WHILE_AWAY,
                Verdict.JOB,
                counts(12, 0),
                null,
                "",
                new Outage.Between(START, AT));

        assertThat(line(away))
                .isEqualTo("10:00:33 RESOLVED checkout in eu-1 | it ended while nobody looked | between 10:00:03 and"
                        + " 10:00:33 | o-1");
    }

    @Test
    void sourcesAndSitesSayWhatIsTheMatter() {
        assertThat(line(outage(
                        new Scope.Source("eu-1", "prom-a"),
                        Outage.Change.OPENED,
                        Reason.SOURCE_UNREACHABLE,
                        null,
                        JobCounts.NONE,
                        null,
                        "refused: connect to 10.0.0.5:9090; blinds 8 jobs, 150 instances",
                        null)))
                .isEqualTo(
                        "10:00:33 OPENED   source prom-a in eu-1 | refused: connect to 10.0.0.5:9090; blinds 8 jobs, 150"
                                + " instances | nothing can be seen through it | since 10:00:03 | o-1");
        assertThat(line(outage(
                        new Scope.Site(Scope.Site.Of.SOURCE, "eu-1", "prom-a"),
                        Outage.Change.OPENED,
                        Reason.EVERYTHING_BEHIND_SOURCE_DOWN,
                        null,
                        JobCounts.NONE,
                        null,
                        "",
                        null)))
                .startsWith("10:00:33 OPENED   everything behind prom-a | nearly everything behind the source failed");
    }

    @Test
    void findingsOpenAndClear() {
        assertThat(line(finding(true)))
                .isEqualTo("10:00:33 FINDING  pool empty: pool node on prom-a | node has no targets | Check its service"
                        + " discovery. | prom-a:pool_empty:00");
        assertThat(line(finding(false)))
                .isEqualTo("10:00:33 CLEARED  pool empty: pool node on prom-a | prom-a:pool_empty:00");
    }

    @Test
    void healthOfEachKind() {
        assertThat(line(health(new Health.Down(new Cause(REFUSED, "dial tcp: connect: connection refused", REMEDY)))))
                .isEqualTo(
                        "10:00:33 DOWN     10.0.0.1:80 of checkout in eu-1, says prom-a | connection refused, the target"
                                + " is sick | dial tcp: connect: connection refused | " + REMEDY + " | prom-a:ff");
        assertThat(line(health(Health.UP)))
                .isEqualTo("10:00:33 UP       10.0.0.1:80 of checkout in eu-1, says prom-a | prom-a:ff");
        assertThat(line(health(new Health.Unknown(Health.UnknownWhy.SOURCE_BLIND))))
                .isEqualTo("10:00:33 UNKNOWN  10.0.0.1:80 of checkout in eu-1, says prom-a | source blind | prom-a:ff");
        assertThat(line(health(new Health.Gone(Health.GoneWhy.LEFT_DISCOVERY))))
                .isEqualTo(
                        "10:00:33 GONE     10.0.0.1:80 of checkout in eu-1, says prom-a | left discovery | prom-a:ff");
        assertThat(line(health(new Health.Gone(Health.GoneWhy.LEFT_DISCOVERY, "ecs leaves out what is sick"))))
                .isEqualTo("10:00:33 GONE     10.0.0.1:80 of checkout in eu-1, says prom-a | left discovery"
                        + " | ecs leaves out what is sick | prom-a:ff");
    }

    @Test
    void watermarksAreALineAndTombstonesNone() {
        assertThat(text.line(
                        new Told.OfWatermark(0, new Watermark(PROM, SourceState.READY, null, AT, 200, 3, 1, 1, 1))))
                .contains("10:00:33 MARK     prom-a ready | 200 targets, 3 down, 1 unknown");
        assertThat(text.line(new Told.OfTombstone(
                        0, new Tombstone(Stream.HEALTH, "k", List.of("eu-1", "prom-a"), "eu-1", AT, 1, 2))))
                .isEmpty();
    }

    @Test
    void hostileTextStaysOnItsLineAndHarmless() {
        Health down = new Health.Down(
                new Cause(REFUSED, "a\n10:00:00 RESOLVED all\u001b[2J\u202egnp\u2028x\u0000\ud800", "r\r\n"));

        String line = line(health(down));

        assertThat(line)
                .contains("a\\n10:00:00 RESOLVED all\\u001b[2J\\u202egnp\\u2028x\\u0000\\ud800 | r\\u000d\\n | ");
        assertThat(line.codePoints()).noneMatch(c -> c < ' ' || c == 0x202e || c == 0x2028);
        assertThat(Printable.of("x".repeat(1_000_000), 5)).isEqualTo("xxxxx...");
        assertThat(Printable.of("größe 日本 😀", 20)).isEqualTo("größe 日本 😀");
    }

    @Test
    void onlyTheWordIsColoured() {
        EventText coloured = new EventText(ZoneOffset.UTC, true, Output.UNWRAPPED);

        assertThat(coloured.line(health(Health.UP))).hasValueSatisfying(line -> assertThat(line)
                .isEqualTo("10:00:33 \u001b[32mUP      \u001b[0m 10.0.0.1:80 of checkout in eu-1, says prom-a |"
                        + " prom-a:ff"));
    }

    @Test
    void onATerminalItsPartsFillLinesUnderOneAnother() {
        EventText narrow = new EventText(ZoneOffset.UTC, true, 60);

        String lines = narrow.line(job(Outage.Change.OPENED, Reason.INSTANCE_DOWN, Verdict.INSTANCE, counts(20, 1), 1))
                .orElseThrow();

        assertThat(lines).isEqualTo("""
                10:00:33 \u001b[31;1mOPENED  \u001b[0m checkout in eu-1: 1 of 20 instances down
                                  connection refused, the target is sick
                                  10.0.0.1:80
                                  Nothing listens there: is the process
                                  running, on this port? | since 10:00:03
                                  o-1""");
    }

    private String line(Told told) {
        return text.line(told).orElseThrow();
    }

    private static JobCounts counts(int expected, int down) {
        return new JobCounts(expected, expected - down, down, 0, 0, 0);
    }

    private static Told job(Outage.Change change, Reason reason, Verdict verdict, JobCounts counts, double causeShare) {
        return outage(
                new Scope.Job("eu-1", SourceKind.PROMETHEUS, "checkout"),
                change,
                reason,
                verdict,
                counts,
                new Outage.DominantCause(REFUSED, causeShare, REMEDY),
                "",
                null);
    }

    private static Told outage(
            Scope scope,
            Outage.Change change,
            Reason reason,
            @Nullable Verdict verdict,
            JobCounts counts,
            Outage.@Nullable DominantCause cause,
            String detail,
            Outage.@Nullable Between between) {
        boolean open = change == Outage.Change.OPENED || change == Outage.Change.CHANGED;
        Instant started = open ? START : AT.minusSeconds(723);
        return new Told.OfOutage(
                0,
                new Outage(
                        "o-1",
                        change == Outage.Change.OPENED ? 1 : 2,
                        change,
                        reason,
                        scope,
                        verdict,
                        false,
                        false,
                        0,
                        null,
                        null,
                        List.of(),
                        started,
                        AT,
                        AT,
                        open ? null : AT,
                        between,
                        counts,
                        counts.expected(),
                        counts.share(),
                        cause,
                        List.of(),
                        new Outage.Vantages(List.of("prom-a"), List.of()),
                        verdict == null
                                ? Outage.Members.NONE
                                : new Outage.Members(
                                        List.of("10.0.0.1:80"), 1, List.of("10.0.0.2:80"), List.of("10.0.0.9:80")),
                        detail,
                        BothViews.NONE,
                        1,
                        1));
    }

    private static Told finding(boolean open) {
        return new Told.OfFinding(
                0,
                new Finding(
                        "prom-a:pool_empty:00",
                        FindingKind.POOL_EMPTY,
                        "prom-a",
                        "eu-1",
                        Map.of("pool", "node"),
                        open,
                        AT,
                        "node has no targets",
                        "Check its service discovery.",
                        1,
                        1));
    }

    private static Told health(Health health) {
        Target target = new Target("prom-a:ff", PROM, "checkout", "10.0.0.1:80", "p", "http://10.0.0.1:80/", Map.of());
        return new Told.OfHealth(
                0,
                new HealthDelta(
                        target,
                        null,
                        new HealthDelta.Standing(health, START),
                        new HealthDelta.Evidence(START, 0.1, AT, 15_000, 10_000),
                        1,
                        1,
                        0,
                        false,
                        false));
    }
}
