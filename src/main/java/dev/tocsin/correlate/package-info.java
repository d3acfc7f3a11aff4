/** The correlators as verticles: batches and timers in, outage events out. */
@NullMarked
package dev.tocsin.correlate;

import org.jspecify.annotations.NullMarked;
