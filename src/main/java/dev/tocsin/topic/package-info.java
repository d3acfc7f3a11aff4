/** Partitions as any consumer reads them, past what no client can read. */
@NullMarked
package dev.tocsin.topic;

import org.jspecify.annotations.NullMarked;
