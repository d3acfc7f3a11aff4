package dev.tocsin.kafka;

import dev.tocsin.wire.Event;
import dev.tocsin.wire.Written;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way. Immutable.
 *
 * @param place among all that were offered; of a merged record that of the first
 * @param written its form, where it is at hand; it costs less to make than to keep for long
 */
record Item(long place, Event event, @Nullable Written written) {
    Item with(Event other) {
        return new Item(place, other, null);
    }
}
