package dev.tocsin.log;

import dev.tocsin.health.Cause;
import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Finding;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.Fingerprint;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Locus;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Target;
import dev.tocsin.health.Tombstone;
import dev.tocsin.outage.BothViews;
import dev.tocsin.outage.JobCounts;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Reason;
import dev.tocsin.outage.Scope;
import dev.tocsin.outage.Verdict;
import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records of one small world: source prom-a in cluster eu-1. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final Source PROM_A = new Source("prom-a", "eu-1", SourceKind.PROMETHEUS);
    private static final Health DOWN = new Health.Down(new Cause(
            new CauseKind(CauseFamily.TRANSPORT, "connection_refused", Locus.TARGET),
            "dial tcp: connect: connection refused",
            "Nothing listens there."));

    private Samples() {}

    static String key(int target) {
        return "prom-a:" + Fingerprint.of("" + target);
    }

    /** The change number {@code seq} of a target: up at first, then down and up in turns. */
    static HealthDelta delta(int target, long seq) {
        return delta(target, seq, NOON.plusSeconds(seq));
    }

    static HealthDelta delta(int target, long seq, Instant at) {
        String instance = "10.0.0." + target + ":9100";
        return new HealthDelta(
                new Target(
                        key(target),
                        PROM_A,
                        "node",
                        instance,
                        "node",
                        "http://" + instance + "/metrics",
                        Map.of("job", "node", "instance", instance)),
                seq == 1 ? null : new HealthDelta.Standing(health(seq - 1), at.minusSeconds(1)),
                new HealthDelta.Standing(health(seq), at),
                new HealthDelta.Evidence(at, 0.003, at, 15_000, 10_000),
                1,
                seq,
                0,
                false,
                false);
    }

    static Event health(int target, long seq) {
        return new Event.OfHealth(delta(target, seq));
    }

    static Event health(int target, long seq, Instant at) {
        return new Event.OfHealth(delta(target, seq, at));
    }

    static Event tombstone(int target, long seq, Instant at) {
        return new Event.OfTombstone(
                new Tombstone(Stream.HEALTH, key(target), List.of("eu-1", "prom-a"), "eu-1", at, 1, seq));
    }

    static Outage outage(String job, long seq) {
        boolean open = seq % 2 == 1;
        Instant at = NOON.plusSeconds(seq);
        return new Outage(
                "o-" + job,
                (int) seq,
                open ? Outage.Change.OPENED : Outage.Change.RESOLVED,
                open ? Reason.JOB_WIDE_SHARE_REACHED : Reason.MEMBERS_UP,
                new Scope.Job("eu-1", SourceKind.PROMETHEUS, job),
                Verdict.JOB,
                false,
                false,
                0,
                null,
                null,
                List.of(),
                at,
                at,
                at,
                open ? null : at,
                null,
                JobCounts.NONE,
                2,
                1,
                null,
                List.of(),
                new Outage.Vantages(List.of("prom-a"), List.of()),
                Outage.Members.NONE,
                "",
                BothViews.NONE,
                1,
                seq);
    }

    static Event.OfOutage ofOutage(String job, long seq) {
        return new Event.OfOutage(outage(job, seq));
    }

    static Finding finding(String pool, long seq) {
        Map<String, String> subject = Map.of("pool", pool);
        FindingKind kind = FindingKind.POOL_EMPTY;
        return new Finding(
                Finding.key("prom-a", kind, subject),
                kind,
                "prom-a",
                "eu-1",
                subject,
                seq % 2 == 1,
                NOON.plusSeconds(seq),
                "no target",
                "Look at its discovery.",
                1,
                seq);
    }

    static DeltaBatch batch(HealthDelta... deltas) {
        return new DeltaBatch(
                PROM_A,
                SourceState.READY,
                null,
                "",
                1,
                1,
                new Moment(0, NOON),
                NOON,
                Duration.ofSeconds(5),
                List.of(deltas),
                List.of(),
                List.of(),
                Set.of(),
                DeltaBatch.Reached.OTHERS,
                deltas.length,
                0,
                0,
                0,
                null);
    }

    /** Records as text, for comparison of all that they hold (a target equals another by its id alone). */
    static List<String> texts(List<Event> events) {
        return events.stream().map(Samples::text).toList();
    }

    static String text(Event event) {
        return new String(CloudEvents.line(event), StandardCharsets.US_ASCII);
    }

    static List<Event> events(HealthDelta... deltas) {
        return Arrays.stream(deltas).<Event>map(Event.OfHealth::new).toList();
    }

    private static Health health(long seq) {
        return seq % 2 == 1 ? Health.UP : DOWN;
    }
}
