package dev.tocsin.wire;

import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.Locus;

/** The three fields of a kind of cause, in whichever object they stand. */
final class CauseForm {
    private CauseForm() {}

    static void write(AsciiJson json, CauseKind kind) {
        json.writeStringField("family", kind.family().text());
        json.writeStringField("subCause", kind.subCause());
        json.writeStringField("locus", kind.locus().text());
    }

    static CauseKind read(Fields cause) throws RecordRefused {
        return new CauseKind(
                cause.word(CauseFamily.class, "family"), cause.text("subCause"), cause.word(Locus.class, "locus"));
    }
}
