package dev.tocsin.wire;

import dev.tocsin.health.SourceState;
import dev.tocsin.health.Watermark;

/** The JSON form of a watermark. */
final class WatermarkForm {
    private WatermarkForm() {}

    static void write(AsciiJson json, Watermark watermark) {
        json.writeStartObject();
        json.writeStringField("source", watermark.source().name());
        json.writeStringField("cluster", watermark.source().cluster());
        json.writeStringField("kind", watermark.source().kind().text());
        json.writeStringField("state", watermark.state().text());
        SourceState.Why why = watermark.why();
        json.writeStringField("why", why == null ? null : why.text());
        json.writeTimeField("observedUntil", watermark.observedUntil());
        json.writeNumberField("targets", watermark.targets());
        json.writeNumberField("down", watermark.down());
        json.writeNumberField("unknown", watermark.unknown());
        json.writeNumberField("epoch", watermark.epoch());
        json.writeNumberField("seq", watermark.seq());
        json.writeEndObject();
    }

    static Watermark read(Fields watermark) throws RecordRefused {
        return new Watermark(
                HealthForm.source(watermark, "source"),
                watermark.word(SourceState.class, "state"),
                watermark.wordOrNull(SourceState.Why.class, "why"),
                watermark.time("observedUntil"),
                watermark.count("targets"),
                watermark.count("down"),
                watermark.count("unknown"),
                watermark.whole("epoch"),
                watermark.whole("seq"));
    }
}
