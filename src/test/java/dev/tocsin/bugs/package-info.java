/** Mistakes that are made on purpose, one at a time, in copies of the code: each must be seen by somebody. */
@NullMarked
package dev.tocsin.bugs;

import org.jspecify.annotations.NullMarked;
