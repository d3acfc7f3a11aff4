/** What a target is and how it is: identities, health, causes, one source's memory and the fold of deltas. Pure. */
@NullMarked
package dev.tocsin.health;

import org.jspecify.annotations.NullMarked;
