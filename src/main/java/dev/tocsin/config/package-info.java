/** What an operator may say, as records; every mistake of a file at once, with its place. Pure but for reading the file. */
@NullMarked
package dev.tocsin.config;

import org.jspecify.annotations.NullMarked;
