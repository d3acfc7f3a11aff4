package dev.tocsin.log;

import dev.tocsin.bus.Recalled;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.Envelope;
import dev.tocsin.wire.Mark;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What was recalled and is later than what the files have of its key. Confined: the log's writer thread. */
final class Ahead {
    private final Map<Stream, Map<String, Envelope>> left = new EnumMap<>(Stream.class);

    Ahead(Recalled recalled) {
        for (Stream stream : Stream.values()) {
            left.put(stream, new LinkedHashMap<>());
        }
        recalled.records().forEach(record -> of(record.stream()).put(record.key(), record));
    }

    /** Takes a line of the files. */
    void seen(Envelope line) {
        Map<String, Envelope> keys = of(line.stream());
        Envelope recalled = keys.get(line.key());
        if (recalled != null && Mark.of(line).compareTo(Mark.of(recalled)) >= 0) {
            keys.remove(line.key());
        }
    }

    /** What no line has reached. */
    List<Envelope> rest() {
        List<Envelope> rest = new ArrayList<>();
        left.values().forEach(keys -> rest.addAll(keys.values()));
        return rest;
    }

    private Map<String, Envelope> of(Stream stream) {
        return Objects.requireNonNull(left.get(stream));
    }
}
