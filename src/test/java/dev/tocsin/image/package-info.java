/** The files in {@code docker/}, read as their tools read them. */
@NullMarked
package dev.tocsin.image;

import org.jspecify.annotations.NullMarked;
