package dev.tocsin.triage;

import dev.tocsin.health.Named;

/** What a look comes to. */
public enum Standing implements Named {
    /** Nothing is down, and everything could be seen. */
    CLEAR,
    /** Something is down. */
    DOWN,
    /** Nothing is known to be down, but not everything could be seen. */
    UNSURE
}
