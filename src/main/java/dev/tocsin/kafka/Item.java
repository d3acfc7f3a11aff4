package dev.tocsin.kafka;

import dev.tocsin.wire.Event;

/**
 * A record on its way. Immutable.
 *
 * @param place among all that were offered; of a merged record that of the first
 */
record Item(long place, Event event) {
    Item with(Event other) {
        return new Item(place, other);
    }
}
