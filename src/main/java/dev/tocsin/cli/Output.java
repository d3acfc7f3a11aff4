package dev.tocsin.cli;

import dev.tocsin.health.Stream;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What the terminal prints. Immutable.
 *
 * @param colour whether text is coloured
 * @param width columns at which text is wrapped; {@link #UNWRAPPED} for a line per event
 */
public record Output(Form form, Set<Stream> streams, boolean colour, int width) {
    static final int UNWRAPPED = 0;

    public Output {
        streams = Set.copyOf(streams);
    }

    /** How events are written to stdout. */
    public enum Form {
        TEXT,
        NDJSON,
        NONE
    }

    /** The forms as they are typed, for completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("text", "ndjson", "none").iterator();
        }
    }
}
