/** Kafka for tests: one that all share, brokers of one's own that are killed and started again, and what stands in between. */
@NullMarked
package dev.tocsin.broker;

import org.jspecify.annotations.NullMarked;
