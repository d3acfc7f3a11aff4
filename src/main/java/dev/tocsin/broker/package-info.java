/** A Kafka of one node, for whoever has none: in this JVM, or as a child of it. The only room that knows Kafka's server. */
@NullMarked
package dev.tocsin.broker;

import org.jspecify.annotations.NullMarked;
