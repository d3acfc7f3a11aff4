package dev.tocsin.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tocsin.health.Stream;
import dev.tocsin.health.Tombstone;
import java.io.IOException;
import java.time.Instant;

/**
 * What one line says of its record, before the record itself is decoded. Immutable, but for the bytes it shares.
 *
 * @param offset the running number within the stream; -1 when the line has none
 * @param tombstone whether the line ends its key
 * @param line the whole line, shared with whoever read it
 */
public record Envelope(
        Stream stream,
        String key,
        String origin,
        String partitionKey,
        Instant time,
        long epoch,
        long seq,
        long offset,
        boolean tombstone,
        byte[] line) {

    /** The record. */
    public Event event() throws RecordRefused {
        if (tombstone) {
            return new Event.OfTombstone(
                    new Tombstone(stream, key, Origin.names(origin), partitionKey, time, epoch, seq));
        }
        try {
            JsonNode data = CloudEvents.JSON.readTree(line).path("data");
            return read(Fields.of(data, "data"));
        } catch (IOException e) {
            throw new RecordRefused("data: " + e.getMessage());
        }
    }

    private Event read(Fields data) throws RecordRefused {
        return switch (stream) {
            case HEALTH -> new Event.OfHealth(HealthForm.read(data));
            case OUTAGES -> new Event.OfOutage(OutageForm.read(data));
            case FINDINGS -> new Event.OfFinding(FindingForm.read(data));
            case WATERMARKS -> new Event.OfWatermark(WatermarkForm.read(data));
        };
    }
}
