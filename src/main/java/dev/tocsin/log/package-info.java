/** The event log: files, and the restore from them. */
@NullMarked
package dev.tocsin.log;

import org.jspecify.annotations.NullMarked;
