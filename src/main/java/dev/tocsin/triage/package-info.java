/** What one look at all sources means: what is down, why, who is sick, what could not be seen. No memory, no I/O. */
@NullMarked
package dev.tocsin.triage;

import org.jspecify.annotations.NullMarked;
