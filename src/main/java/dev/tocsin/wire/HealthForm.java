package dev.tocsin.wire;

import dev.tocsin.health.Cause;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.HealthDelta.Evidence;
import dev.tocsin.health.HealthDelta.Standing;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON form of a health record. */
final class HealthForm {
    private static final double MILLIS = 1000;
    private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");

    private HealthForm() {}

    static void write(AsciiJson json, HealthDelta delta) {
        json.writeStartObject();
        writeTarget(json, delta.target());
        writeStanding(json, "from", delta.from());
        writeStanding(json, "to", delta.to());
        writeEvidence(json, delta.evidence());
        json.writeNumberField("epoch", delta.epoch());
        json.writeNumberField("seq", delta.seq());
        json.writeNumberField("coalesced", delta.coalesced());
        json.writeBooleanField("snapshot", delta.snapshot());
        json.writeBooleanField("truncated", delta.truncated());
        json.writeEndObject();
    }

    static HealthDelta read(Fields delta) throws RecordRefused {
        return new HealthDelta(
                readTarget(delta.object("target")),
                delta.has("from") ? readStanding(delta.object("from")) : null,
                readStanding(delta.object("to")),
                readEvidence(delta.object("evidence")),
                delta.whole("epoch"),
                delta.whole("seq"),
                delta.count("coalesced"),
                delta.flag("snapshot"),
                delta.flag("truncated"));
    }

    private static void writeTarget(AsciiJson json, Target target) {
        json.writeObjectFieldStart("target");
        json.writeStringField("id", target.id());
        json.writeStringField("source", target.source().name());
        json.writeStringField("cluster", target.source().cluster());
        json.writeStringField("kind", target.source().kind().text());
        json.writeStringField("job", target.job());
        json.writeStringField("instance", target.instance());
        json.writeStringField("pool", target.pool());
        json.writeStringField("url", target.url());
        writePairs(json, "labels", target.labels());
        json.writeEndObject();
    }

    private static Target readTarget(Fields target) throws RecordRefused {
        String id = target.text("id");
        Source source = source(target, "source");
        return new Target(
                id,
                source,
                target.text("job"),
                target.text("instance"),
                target.text("pool"),
                target.text("url"),
                target.pairs("labels"));
    }

    /** The source whose name stands in the field {@code name}, beside its cluster and kind. */
    static Source source(Fields record, String name) throws RecordRefused {
        String source = record.text(name);
        String cluster = record.text("cluster");
        if (source.isEmpty() || cluster.isEmpty()) {
            throw new RecordRefused(name + ", cluster: got \"" + source + "\", \"" + cluster + "\", want two names");
        }
        return new Source(source, cluster, record.word(SourceKind.class, "kind"));
    }

    private static void writeStanding(AsciiJson json, String name, @Nullable Standing standing) {
        if (standing == null) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        Health health = standing.health();
        json.writeStringField("health", health.text());
        json.writeTimeField("since", standing.since());
        if (health instanceof Health.Down down) {
            writeCause(json, down.cause());
        } else if (health instanceof Health.Unknown unknown) {
            json.writeStringField("why", unknown.why().text());
        } else if (health instanceof Health.Gone gone) {
            json.writeStringField("why", gone.why().text());
            if (!gone.detail().isEmpty()) {
                json.writeStringField("detail", gone.detail());
            }
        }
        json.writeEndObject();
    }

    private static Standing readStanding(Fields standing) throws RecordRefused {
        return new Standing(readHealth(standing), standing.time("since"));
    }

    private static Health readHealth(Fields standing) throws RecordRefused {
        return switch (standing.text("health")) {
            case "up" -> Health.UP;
            case "down" -> new Health.Down(readCause(standing.object("cause")));
            case "unknown" -> new Health.Unknown(standing.word(Health.UnknownWhy.class, "why"));
            case "gone" ->
                new Health.Gone(
                        standing.word(Health.GoneWhy.class, "why"),
                        standing.has("detail") ? standing.text("detail") : "");
            default -> throw standing.unknownWord("health", "one of [up, down, unknown, gone]");
        };
    }

    private static void writeCause(AsciiJson json, Cause cause) {
        json.writeObjectFieldStart("cause");
        CauseForm.write(json, cause.kind());
        json.writeStringField("detail", cause.detail());
        json.writeStringField("remedy", cause.remedy());
        json.writeEndObject();
    }

    private static Cause readCause(Fields cause) throws RecordRefused {
        return new Cause(CauseForm.read(cause), cause.text("detail"), cause.text("remedy"));
    }

    /* Seconds, as everywhere in this field; unknown intervals are left out rather than told as 0. */
    private static void writeEvidence(AsciiJson json, Evidence evidence) {
        json.writeObjectFieldStart("evidence");
        if (evidence.lastScrape() == null) {
            json.writeNullField("lastScrape");
        } else {
            json.writeTimeField("lastScrape", evidence.lastScrape());
        }
        json.writeNumberField("lastScrapeDurationSeconds", finite(evidence.lastScrapeDurationSeconds()));
        json.writeTimeField("polledAt", evidence.polledAt());
        if (evidence.scrapeIntervalMillis() > 0) {
            json.writeNumberField("scrapeIntervalSeconds", evidence.scrapeIntervalMillis() / MILLIS);
        }
        if (evidence.scrapeTimeoutMillis() > 0) {
            json.writeNumberField("scrapeTimeoutSeconds", evidence.scrapeTimeoutMillis() / MILLIS);
        }
        json.writeEndObject();
    }

    private static Evidence readEvidence(Fields evidence) throws RecordRefused {
        return new Evidence(
                evidence.timeOrNull("lastScrape"),
                evidence.decimal("lastScrapeDurationSeconds"),
                evidence.time("polledAt"),
                millis(evidence, "scrapeIntervalSeconds"),
                millis(evidence, "scrapeTimeoutSeconds"));
    }

    private static int millis(Fields evidence, String name) throws RecordRefused {
        return evidence.has(name) ? (int) Math.round(evidence.decimal(name) * MILLIS) : 0;
    }

    /* JSON has no NaN and no infinity. */
    static double finite(double number) {
        return Double.isFinite(number) ? number : 0;
    }

    /* Sorted: the id of an event is a hash of its bytes, and the order of Map.copyOf differs from process to process. */
    static void writePairs(AsciiJson json, String name, Map<String, String> pairs) {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> pair : new TreeMap<>(pairs).entrySet()) {
            json.writePair(wellFormed(pair.getKey()), pair.getValue());
        }
        json.writeEndObject();
    }

    /* Half of a surrogate pair is readable in a value, but Jackson refuses it in a name: never write such a line. */
    private static String wellFormed(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i))) {
                return HALF_PAIR.matcher(name).replaceAll("\ufffd");
            }
        }
        return name;
    }
}
