package dev.tocsin.outage;

/** How long evidence must stand before it is an outage. */
final class Confirmation {
    /** With this many independent witnesses beyond the first the wait is the shortest. */
    private static final double WITNESSES = 3;

    private Confirmation() {}

    /**
     * The wait in milliseconds: it shrinks with independent evidence. The formula is the suspicion timeout of Lifeguard
     * (Dadgar, Phillips, Currey 2018), as memberlist has it.
     *
     * @param pairs distinct (instance, vantage) pairs that say down, of both kinds of sources, at least 1
     */
    static long waitMillis(OutageRules rules, int pairs) {
        long min = rules.confirmMin().toMillis();
        long max = rules.confirmMax().toMillis();
        double shrunk = max - (max - min) * Math.log(pairs) / Math.log(WITNESSES + 1);
        return Math.max(min, Math.round(shrunk));
    }
}
