/** Addresses of the event bus and the codec that passes records by reference. */
@NullMarked
package dev.tocsin.bus;

import org.jspecify.annotations.NullMarked;
