package dev.tocsin.wire;

import dev.tocsin.health.Finding;
import dev.tocsin.health.FindingKind;

/** The JSON form of a finding. */
final class FindingForm {
    private FindingForm() {}

    static void write(AsciiJson json, Finding finding) {
        json.writeStartObject();
        json.writeStringField("finding", finding.key());
        json.writeStringField("kind", finding.kind().text());
        json.writeStringField("source", finding.source());
        json.writeStringField("cluster", finding.cluster());
        HealthForm.writePairs(json, "subject", finding.subject());
        json.writeStringField("state", finding.open() ? "open" : "cleared");
        json.writeTimeField("since", finding.since());
        json.writeStringField("detail", finding.detail());
        json.writeStringField("remedy", finding.remedy());
        json.writeNumberField("epoch", finding.epoch());
        json.writeNumberField("seq", finding.seq());
        json.writeEndObject();
    }

    static Finding read(Fields finding) throws RecordRefused {
        return new Finding(
                finding.text("finding"),
                finding.word(FindingKind.class, "kind"),
                finding.text("source"),
                finding.text("cluster"),
                finding.pairs("subject"),
                open(finding),
                finding.time("since"),
                finding.text("detail"),
                finding.text("remedy"),
                finding.whole("epoch"),
                finding.whole("seq"));
    }

    private static boolean open(Fields finding) throws RecordRefused {
        return switch (finding.text("state")) {
            case "open" -> true;
            case "cleared" -> false;
            default -> throw finding.unknownWord("state", "one of [open, cleared]");
        };
    }
}
