package dev.tocsin.poll;

/**
 * Whether a source is asked for all its targets at once, or pool by pool. Confined: its poller; pure.
 *
 * <p>A server renders an answer whole before it sends it: 100,000 targets of Kubernetes are 330 MB of its memory at once.
 */
final class Stride {
    /* A server that starts has few targets for 5 s: it shall not be asked for all of them because of that. */
    private static final int SMALL_ROUNDS = 3;

    private final Lines lines;
    private boolean byPool;
    private boolean useless;
    private int small;

    /**
     * How many targets are many. Immutable.
     *
     * @param above with more, a source is asked pool by pool
     * @param below with fewer, at once again
     */
    record Lines(int above, int below) {
        /** 20,000 targets are 13 to 66 MB and 0.3 to 1.8 s of the server (measured on 2.42). */
        static final Lines DEFAULT = new Lines(20_000, 15_000);

        Lines {
            if (below > above) {
                throw new IllegalArgumentException("got below " + below + " over above " + above + ", want less");
            }
        }
    }

    Stride(Lines lines) {
        this.lines = lines;
    }

    /** Whether the next round asks pool by pool. */
    boolean byPool() {
        return byPool;
    }

    /** Takes in how many targets a whole list had, and whether the server offers the list of its pools. */
    void saw(int targets, boolean poolsOffered) {
        small = byPool && targets < lines.below() ? small + 1 : 0;
        byPool = byPool ? poolsOffered && small < SMALL_ROUNDS : poolsOffered && !useless && targets > lines.above();
    }

    /** The server does not offer its pools any more. */
    void notOffered() {
        byPool = false;
    }

    /** The server answers with all targets whatever pool is asked for: it is never asked pool by pool again. */
    void useless() {
        useless = true;
        byPool = false;
    }
}
