/** When to ask and how long to wait: one poller per source, fetches with limits. */
@NullMarked
package dev.tocsin.poll;

import org.jspecify.annotations.NullMarked;
