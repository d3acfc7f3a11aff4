package dev.tocsin.wire;

import dev.tocsin.health.Cause;
import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.Finding;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.Fingerprint;
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
import dev.tocsin.join.Rung;
import dev.tocsin.outage.BothViews;
import dev.tocsin.outage.Impact;
import dev.tocsin.outage.JobCounts;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Reason;
import dev.tocsin.outage.Scope;
import dev.tocsin.outage.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Records of every stream from one seed, hostile texts among them. Confined: one test. */
public final class RandomRecords {
    private static final String[] PIECES = {
        "a",
        "Z",
        "0",
        "-",
        ".",
        "/",
        "%",
        "+",
        " ",
        "\"",
        "\\",
        "\n",
        "\r",
        "\t",
        "\u0000",
        "\u001b[31m",
        "\u007f",
        "\u0085",
        "\u2028",
        "\u202e",
        "\u00e9",
        "\u4e2d",
        "\ud83d\ude00",
        "\ud800",
        "\udc00",
        "\ufeff",
        "{",
        "}",
        "null"
    };
    private final Random random;

    public RandomRecords(long seed) {
        random = new Random(seed);
    }

    public Event event() {
        return switch (random.nextInt(5)) {
            case 0 -> new Event.OfHealth(delta());
            case 1 -> new Event.OfOutage(outage());
            case 2 -> new Event.OfFinding(finding());
            case 3 -> new Event.OfWatermark(watermark());
            default -> new Event.OfTombstone(tombstone());
        };
    }

    public HealthDelta delta() {
        Source source = source();
        String id = source.name() + ":" + Fingerprint.of(text());
        Target target = new Target(id, source, text(), text(), text(), text(), pairs());
        return new HealthDelta(
                target,
                random.nextInt(4) == 0 ? null : new HealthDelta.Standing(health(), time()),
                new HealthDelta.Standing(health(), time()),
                new HealthDelta.Evidence(
                        random.nextBoolean() ? time() : null,
                        random.nextDouble() * 100,
                        time(),
                        random.nextBoolean() ? random.nextInt(100_000) : 0,
                        random.nextBoolean() ? random.nextInt(100_000) : 0),
                epoch(),
                epoch(),
                random.nextInt(5),
                random.nextBoolean(),
                random.nextBoolean());
    }

    public Outage outage() {
        Scope scope = scope();
        boolean job = scope instanceof Scope.Job;
        return new Outage(
                "o-" + Fingerprint.of(text()).substring(0, 26),
                1 + random.nextInt(50),
                pick(Outage.Change.values()),
                pick(Reason.values()),
                scope,
                job ? pick(Verdict.values()) : null,
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt(1001) / 10.0,
                random.nextBoolean() ? text() : null,
                random.nextBoolean() ? text() : null,
                texts(),
                time(),
                time(),
                time(),
                random.nextBoolean() ? time() : null,
                random.nextBoolean() ? new Outage.Between(time(), time()) : null,
                new JobCounts(count(), count(), count(), count(), count(), count()),
                count(),
                random.nextDouble(),
                job ? new Outage.DominantCause(kind(), random.nextDouble(), text()) : null,
                List.of(new Outage.CauseCount(kind(), count()), new Outage.CauseCount(kind(), count())),
                new Outage.Vantages(texts(), texts()),
                new Outage.Members(texts(), count(), texts(), texts()),
                random.nextBoolean() ? text() : "",
                job && random.nextBoolean() ? both() : BothViews.NONE,
                epoch(),
                epoch());
    }

    private BothViews both() {
        BothViews.Joined joined = new BothViews.Joined(
                pick(SourceKind.values()),
                text(),
                pick(Rung.values()),
                count(),
                count(),
                count(),
                count(),
                count(),
                count(),
                count());
        return new BothViews(random.nextBoolean() ? pick(Impact.values()) : null, List.of(joined, joined), 2 + count());
    }

    public Finding finding() {
        Source source = source();
        FindingKind kind = pick(FindingKind.values());
        Map<String, String> subject = pairs();
        return new Finding(
                Finding.key(source.name(), kind, subject),
                kind,
                source.name(),
                source.cluster(),
                subject,
                random.nextBoolean(),
                time(),
                text(),
                text(),
                epoch(),
                epoch());
    }

    public Watermark watermark() {
        SourceState.Why why = random.nextBoolean() ? pick(SourceState.Why.values()) : null;
        return new Watermark(
                source(), pick(SourceState.values()), why, time(), count(), count(), count(), epoch(), epoch());
    }

    public Tombstone tombstone() {
        Source source = source();
        return new Tombstone(
                pick(Stream.values()),
                name(),
                List.of(source.cluster(), source.name()),
                source.cluster(),
                time(),
                epoch(),
                epoch());
    }

    private Scope scope() {
        return switch (random.nextInt(3)) {
            case 0 -> new Scope.Job(name(), pick(SourceKind.values()), text());
            case 1 -> new Scope.Source(name(), name());
            default -> new Scope.Site(pick(Scope.Site.Of.values()), name(), name());
        };
    }

    private Health health() {
        return switch (random.nextInt(4)) {
            case 0 -> Health.UP;
            case 1 -> new Health.Down(new Cause(kind(), text(), text()));
            case 2 -> new Health.Unknown(pick(Health.UnknownWhy.values()));
            default -> new Health.Gone(pick(Health.GoneWhy.values()), random.nextBoolean() ? "" : text());
        };
    }

    private CauseKind kind() {
        return new CauseKind(pick(CauseFamily.values()), name(), pick(Locus.values()));
    }

    private Source source() {
        return new Source(name(), name(), pick(SourceKind.values()));
    }

    private Instant time() {
        /* From the year 0 to 9999, milliseconds as records have them. */
        long from = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
        long to = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        return Instant.ofEpochMilli(from + (long) (random.nextDouble() * (to - from)));
    }

    private long epoch() {
        return random.nextInt(8) == 0 ? 1 + (random.nextLong() >>> 1) / 2 : 1 + random.nextInt(1000);
    }

    private int count() {
        return random.nextInt(8) == 0 ? random.nextInt(Integer.MAX_VALUE) : random.nextInt(100);
    }

    /* Names of sources are UTF-8, and the JSON that brings labels allows no half surrogates in their names. */
    private String name() {
        return "n" + text().replaceAll("\\p{Cs}", "");
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.add(text());
        }
        return List.copyOf(texts);
    }

    private Map<String, String> pairs() {
        Map<String, String> pairs = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            pairs.put(name(), text());
        }
        return pairs;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
