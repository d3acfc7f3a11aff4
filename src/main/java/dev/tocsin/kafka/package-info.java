/** The streams on Kafka: topics, what they hold already, and the way there; the file log is what they follow. */
@NullMarked
package dev.tocsin.kafka;

import org.jspecify.annotations.NullMarked;
