/** Addresses of the event bus, the codec that passes records by reference, and the door to time. */
@NullMarked
package dev.tocsin.bus;

import org.jspecify.annotations.NullMarked;
