package dev.tocsin.wire;

import dev.tocsin.outage.JobCounts;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Outage.Between;
import dev.tocsin.outage.Outage.CauseCount;
import dev.tocsin.outage.Outage.DominantCause;
import dev.tocsin.outage.Outage.Members;
import dev.tocsin.outage.Outage.Vantages;
import dev.tocsin.outage.Reason;
import dev.tocsin.outage.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON form of a version of an outage. */
final class OutageForm {
    private OutageForm() {}

    static void write(AsciiJson json, Outage outage) {
        json.writeStartObject();
        json.writeStringField("outage", outage.id());
        json.writeNumberField("version", outage.version());
        json.writeStringField("change", outage.change().text());
        json.writeStringField("reason", outage.reason().text());
        ScopeForm.write(json, outage.scope());
        json.writeStringField("state", outage.state());
        Verdict verdict = outage.verdict();
        json.writeStringField("verdict", verdict == null ? null : verdict.text());
        json.writeBooleanField("sole", outage.sole());
        json.writeBooleanField("flapping", outage.flapping());
        json.writeNumberField("flapScore", HealthForm.finite(outage.flapScore()));
        json.writeStringField("suppressedBy", outage.suppressedBy());
        json.writeStringField("parent", outage.parent());
        writeTexts(json, "children", outage.children());
        writeTimes(json, outage);
        writeCounts(json, outage.counts());
        json.writeNumberField("expectedAtOnset", outage.expectedAtOnset());
        json.writeNumberField("share", HealthForm.finite(outage.share()));
        writeCauses(json, outage);
        writeVantages(json, outage.vantages());
        writeMembers(json, outage.members());
        if (!outage.detail().isEmpty()) {
            json.writeStringField("detail", outage.detail());
        }
        JoinForm.write(json, outage.both());
        json.writeNumberField("epoch", outage.epoch());
        json.writeNumberField("seq", outage.seq());
        json.writeEndObject();
    }

    static Outage read(Fields outage) throws RecordRefused {
        String detail = outage.textOrNull("detail");
        return new Outage(
                outage.text("outage"),
                outage.count("version"),
                outage.word(Outage.Change.class, "change"),
                outage.word(Reason.class, "reason"),
                ScopeForm.read(outage.object("scope")),
                outage.wordOrNull(Verdict.class, "verdict"),
                outage.flag("sole"),
                outage.flag("flapping"),
                outage.decimal("flapScore"),
                outage.textOrNull("suppressedBy"),
                outage.textOrNull("parent"),
                outage.texts("children"),
                outage.time("startedAt"),
                outage.time("openedAt"),
                outage.time("changedAt"),
                outage.timeOrNull("resolvedAt"),
                readBetween(outage),
                readCounts(outage.object("counts")),
                outage.count("expectedAtOnset"),
                outage.decimal("share"),
                readDominant(outage),
                readCauses(outage),
                readVantages(outage.object("vantages")),
                readMembers(outage.object("members")),
                detail == null ? "" : detail,
                JoinForm.read(outage),
                outage.whole("epoch"),
                outage.whole("seq"));
    }

    private static void writeTimes(AsciiJson json, Outage outage) {
        json.writeTimeField("startedAt", outage.startedAt());
        json.writeTimeField("openedAt", outage.openedAt());
        json.writeTimeField("changedAt", outage.changedAt());
        Instant resolved = outage.resolvedAt();
        json.writeStringField("resolvedAt", resolved == null ? null : Stamps.text(resolved));
        Between between = outage.endedBetween();
        if (between == null) {
            json.writeNullField("endedBetween");
        } else {
            writeTexts(json, "endedBetween", List.of(Stamps.text(between.from()), Stamps.text(between.to())));
        }
    }

    private static @Nullable Between readBetween(Fields outage) throws RecordRefused {
        if (!outage.has("endedBetween")) {
            return null;
        }
        List<Instant> bounds = outage.times("endedBetween");
        if (bounds.size() != 2) {
            throw new RecordRefused("endedBetween: got " + bounds.size() + " times, want 2: from and to");
        }
        return new Between(bounds.get(0), bounds.get(1));
    }

    private static void writeCounts(AsciiJson json, JobCounts counts) {
        json.writeObjectFieldStart("counts");
        json.writeNumberField("expected", counts.expected());
        json.writeNumberField("up", counts.up());
        json.writeNumberField("down", counts.down());
        json.writeNumberField("unknown", counts.unknown());
        json.writeNumberField("gone", counts.gone());
        json.writeNumberField("disagreeing", counts.disagreeing());
        json.writeEndObject();
    }

    private static JobCounts readCounts(Fields counts) throws RecordRefused {
        return new JobCounts(
                counts.count("expected"),
                counts.count("up"),
                counts.count("down"),
                counts.count("unknown"),
                counts.count("gone"),
                counts.count("disagreeing"));
    }

    private static void writeCauses(AsciiJson json, Outage outage) {
        DominantCause cause = outage.cause();
        if (cause == null) {
            json.writeNullField("cause");
        } else {
            json.writeObjectFieldStart("cause");
            CauseForm.write(json, cause.kind());
            json.writeNumberField("share", HealthForm.finite(cause.share()));
            json.writeStringField("remedy", cause.remedy());
            json.writeEndObject();
        }
        json.writeArrayFieldStart("causes");
        for (CauseCount count : outage.causes()) {
            json.writeStartObject();
            CauseForm.write(json, count.kind());
            json.writeNumberField("count", count.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static @Nullable DominantCause readDominant(Fields outage) throws RecordRefused {
        if (!outage.has("cause")) {
            return null;
        }
        Fields cause = outage.object("cause");
        return new DominantCause(CauseForm.read(cause), cause.decimal("share"), cause.text("remedy"));
    }

    private static List<CauseCount> readCauses(Fields outage) throws RecordRefused {
        List<CauseCount> causes = new ArrayList<>();
        for (Fields cause : outage.objects("causes")) {
            causes.add(new CauseCount(CauseForm.read(cause), cause.count("count")));
        }
        return List.copyOf(causes);
    }

    private static void writeVantages(AsciiJson json, Vantages vantages) {
        json.writeObjectFieldStart("vantages");
        writeTexts(json, "sighted", vantages.sighted());
        writeTexts(json, "blind", vantages.blind());
        json.writeEndObject();
    }

    private static Vantages readVantages(Fields vantages) throws RecordRefused {
        return new Vantages(vantages.texts("sighted"), vantages.texts("blind"));
    }

    private static void writeMembers(AsciiJson json, Members members) {
        json.writeObjectFieldStart("members");
        writeTexts(json, "down", members.down());
        json.writeNumberField("downTotal", members.downTotal());
        writeTexts(json, "joined", members.joined());
        writeTexts(json, "left", members.left());
        json.writeEndObject();
    }

    private static Members readMembers(Fields members) throws RecordRefused {
        return new Members(
                members.texts("down"), members.count("downTotal"), members.texts("joined"), members.texts("left"));
    }

    private static void writeTexts(AsciiJson json, String name, List<String> texts) {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
