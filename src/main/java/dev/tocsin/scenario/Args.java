package dev.tocsin.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The values of one line, in the order of its form. Immutable. */
record Args(List<Object> values) {

    <T> T get(int at, Class<T> type) {
        return type.cast(values.get(at));
    }

    String text(int at) {
        return get(at, String.class);
    }

    Duration span(int at) {
        return get(at, Duration.class);
    }

    /** A value that may have been left out. */
    <T> Optional<T> maybe(int at, Class<T> type) {
        return ((Optional<?>) values.get(at)).map(type::cast);
    }

    /* What a slot reads is a list of one type by its making. */
    @SuppressWarnings("unchecked")
    <T> List<T> list(int at) {
        return (List<T>) values.get(at);
    }
}
