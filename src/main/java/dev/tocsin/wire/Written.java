package dev.tocsin.wire;

/**
 * The JSON form of an event's record, and the event's id, which is a hash over it: made once, for the line of a file and for
 * the record of a topic. Immutable: nobody changes the bytes.
 *
 * @param data {@code null} in JSON for a tombstone
 */
public record Written(String id, byte[] data) {
    public static Written of(Event event) {
        byte[] data = CloudEvents.data(event);
        return new Written(EventId.of(RecordType.of(event.stream()).type(), event, data), data);
    }
}
