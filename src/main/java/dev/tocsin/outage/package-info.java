/** The correlator: deltas and time in, outage events out. Pure. */
@NullMarked
package dev.tocsin.outage;

import org.jspecify.annotations.NullMarked;
