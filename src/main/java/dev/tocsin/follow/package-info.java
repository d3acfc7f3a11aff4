/** The reference reader of the topics. It knows what is public of them, as any consumer does, and nothing else of ours. */
@NullMarked
package dev.tocsin.follow;

import org.jspecify.annotations.NullMarked;
