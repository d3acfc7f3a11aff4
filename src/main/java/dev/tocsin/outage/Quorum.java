package dev.tocsin.outage;

import dev.tocsin.health.Named;

/** How many of the sighted vantages must say down. */
public enum Quorum implements Named {
    /** Down only when none says up. */
    ALL,
    MAJORITY,
    ANY
}
