package dev.tocsin.outage;

import dev.tocsin.health.Named;

/** How much of a job is out. In order of gravity. */
public enum Verdict implements Named {
    /** Single failures. */
    INSTANCE,
    PARTIAL,
    /** Job-wide. */
    JOB
}
