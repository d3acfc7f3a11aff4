/** Speed and memory, behind the Maven profile {@code benchmark}: ratios taken in one run, no assertions on wall time. */
@NullMarked
package dev.tocsin.benchmark;

import org.jspecify.annotations.NullMarked;
