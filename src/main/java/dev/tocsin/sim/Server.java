package dev.tocsin.sim;

import dev.tocsin.scenario.Sickness;

/** One simulated server, of whatever kind. Confined: its fleet; pure, time is an argument. */
interface Server {
    String name();

    /** The path, with its query, that a monitor asks most. */
    String usualPath();

    /** Whether something listens on its port. */
    boolean listens();

    /** Does what it would have done by then. */
    void pass(long nowMillis);

    void fall(Sickness sickness, long nowMillis);

    /** Whatever is the matter with it is over; what was not running starts anew. */
    void recover(long nowMillis);

    void restart(long nowMillis);

    /** Its clock is wrong by so much. */
    void skew(long millis);

    /** What its own clock says. */
    long clock(long nowMillis);

    Reply answer(Asked asked, long nowMillis);
}
