package dev.tocsin.wire;

import dev.tocsin.health.SourceKind;
import dev.tocsin.join.Rung;
import dev.tocsin.outage.BothViews;
import dev.tocsin.outage.BothViews.Joined;
import dev.tocsin.outage.Impact;
import java.util.ArrayList;
import java.util.List;

/** The JSON form of what the other kind of source makes of an outage: optional fields, absent where nothing is joined. */
final class JoinForm {
    private JoinForm() {}

    static void write(AsciiJson json, BothViews both) {
        Impact impact = both.impact();
        if (impact != null) {
            json.writeStringField("impact", impact.text());
        }
        if (both.joinedTotal() == 0) {
            return;
        }
        json.writeArrayFieldStart("join");
        for (Joined joined : both.joined()) {
            write(json, joined);
        }
        json.writeEndArray();
        json.writeNumberField("joinTotal", both.joinedTotal());
    }

    private static void write(AsciiJson json, Joined joined) {
        json.writeStartObject();
        json.writeObjectFieldStart("job");
        json.writeStringField("sourceKind", joined.sourceKind().text());
        json.writeStringField("job", joined.job());
        json.writeEndObject();
        json.writeStringField("rung", joined.rung().text());
        json.writeStringField("confidence", joined.rung().confidence().text());
        json.writeNumberField("endpoints", joined.endpoints());
        json.writeNumberField("bothDown", joined.bothDown());
        json.writeNumberField("outOfRotation", joined.outOfRotation());
        json.writeNumberField("notScraped", joined.notScraped());
        json.writeNumberField("bothUp", joined.bothUp());
        json.writeNumberField("unknown", joined.unknown());
        json.writeNumberField("named", joined.named());
        json.writeEndObject();
    }

    static BothViews read(Fields outage) throws RecordRefused {
        List<Joined> joined = new ArrayList<>();
        if (outage.has("join")) {
            for (Fields one : outage.objects("join")) {
                joined.add(readJoined(one));
            }
        }
        return new BothViews(
                outage.wordOrNull(Impact.class, "impact"),
                joined,
                outage.has("joinTotal") ? outage.count("joinTotal") : 0);
    }

    private static Joined readJoined(Fields joined) throws RecordRefused {
        Fields job = joined.object("job");
        return new Joined(
                job.word(SourceKind.class, "sourceKind"),
                job.text("job"),
                joined.word(Rung.class, "rung"),
                joined.count("endpoints"),
                joined.count("bothDown"),
                joined.count("outOfRotation"),
                joined.count("notScraped"),
                joined.count("bothUp"),
                joined.count("unknown"),
                joined.count("named"));
    }
}
