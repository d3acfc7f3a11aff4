package dev.tocsin.kafka;

import java.util.List;

/** What waits of one stream. Confined: its outbox. */
interface Lane {
    void offer(Item item);

    /** Takes out at most so many, the first first, of distinct keys. */
    List<Item> take(int max);

    /** Takes back what was taken and did not arrive, the last first. */
    void putBack(Item item);

    /** Notes that what was taken has arrived. */
    void arrived(Item item);

    /** The place of the first that waits; {@link Long#MAX_VALUE} when none does. */
    long first();

    int size();
}
