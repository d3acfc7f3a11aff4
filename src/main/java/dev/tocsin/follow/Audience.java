package dev.tocsin.follow;

/** Who is told what a reader finds. Called on the reader's thread, one call after another. */
public interface Audience {
    /**
     * A record that is news.
     *
     * @param live whether it came after the backlog
     * @param brief the key's state with it, or as it ended
     */
    void news(Entry entry, Brief brief, boolean live);

    /** The backlog is read: the table is what the topics say now. */
    void caughtUp(Fold fold, Tally tally);

    /** Something odd in the topics, or of the broker. */
    void odd(String what);

    /** All that was there has been told. @return whether anybody still listens */
    boolean flush();
}
