/** A simulated fleet: servers that answer like Prometheus over HTTP and fail as a story says, and the stage it is played on. */
@NullMarked
package dev.tocsin.sim;

import org.jspecify.annotations.NullMarked;
