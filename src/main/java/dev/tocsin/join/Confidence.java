package dev.tocsin.join;

import dev.tocsin.health.Named;

/** How sure it is that two targets are one backend. */
public enum Confidence implements Named {
    /** They have one address, or the operator says so. */
    CERTAIN,
    /** It is likely; nothing that depends on it alone is told as a fact. */
    INFERRED
}
