/** The commands and the terminal. */
@NullMarked
package dev.tocsin.cli;

import org.jspecify.annotations.NullMarked;
