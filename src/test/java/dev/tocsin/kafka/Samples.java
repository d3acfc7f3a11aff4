package dev.tocsin.kafka;

import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.SecretReader;
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
import dev.tocsin.health.Target;
import dev.tocsin.wire.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Records of one small world, which is ours: source prom-a in cluster eu-1; and how its Kafka is reached. */
final class Samples {
    static final Set<String> OURS = Set.of("eu-1", "node-1");
    static final int PARTITIONS = 3;

    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    private static final Source SOURCE = new Source("prom-a", "eu-1", SourceKind.PROMETHEUS);
    private static final CauseKind REFUSED = new CauseKind(CauseFamily.TRANSPORT, "connection_refused", Locus.TARGET);

    private Samples() {}

    static KafkaConfig config(String bootstrap, String prefix) {
        return new KafkaConfig(bootstrap, prefix, PARTITIONS, 1, null, null, Map.of());
    }

    static ClientSettings settings(KafkaConfig config) {
        return new ClientSettings(config, new SecretReader(Map.of()));
    }

    /** The change number {@code seq} of a target: down, for a reason that is told at random and at length. */
    static Event health(String target, long epoch, long seq, int detailChars) {
        byte[] random = new byte[detailChars / 2];
        new Random(seq).nextBytes(random);
        Health down = new Health.Down(new Cause(REFUSED, HexFormat.of().formatHex(random), ""));
        Instant at = T0.plusSeconds(seq);
        return new Event.OfHealth(new HealthDelta(
                new Target("prom-a:" + target, SOURCE, "node", target, "node", "http://" + target, Map.of()),
                new HealthDelta.Standing(Health.UP, at.minusSeconds(1)),
                new HealthDelta.Standing(down, at),
                new HealthDelta.Evidence(at, 0.003, at, 15_000, 10_000),
                epoch,
                seq,
                0,
                false,
                false));
    }

    /** The change number {@code seq} of a finding: none is ever merged. */
    static Event finding(String subject, long epoch, long seq) {
        return new Event.OfFinding(new Finding(
                "prom-a:pool_empty:" + subject,
                FindingKind.POOL_EMPTY,
                "prom-a",
                "eu-1",
                Map.of("pool", subject),
                seq % 2 == 1,
                T0.plusSeconds(seq),
                "",
                "",
                epoch,
                seq));
    }

    /** The changes from that number on, so many of each of {@code subjects}. */
    static List<Event> findings(int subjects, long epoch, long first, int changes) {
        List<Event> findings = new ArrayList<>();
        for (long seq = first; seq < first + changes; seq++) {
            for (int subject = 0; subject < subjects; subject++) {
                findings.add(finding("pool-" + subject, epoch, seq));
            }
        }
        return findings;
    }
}
