package dev.tocsin.outage;

import dev.tocsin.health.Named;

/** What users feel of an outage, as far as the balancers and the scrapes tell together. In order of gravity. */
public enum Impact implements Named {
    /** Only we see less: the balancers serve what is not scraped. */
    OBSERVABILITY,
    /** Others serve; there is less of it. */
    NONE_KNOWN,
    /** The balancers have nobody left to send to. */
    USERS
}
