/** The language in which stories of a fleet and of what must be told of it are written, and their player. */
@NullMarked
package dev.tocsin.scenario;

import org.jspecify.annotations.NullMarked;
