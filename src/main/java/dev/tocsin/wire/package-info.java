/** The one JSON and CloudEvents form of every event, record keys, tombstones, schemas. Pure. */
@NullMarked
package dev.tocsin.wire;

import org.jspecify.annotations.NullMarked;
