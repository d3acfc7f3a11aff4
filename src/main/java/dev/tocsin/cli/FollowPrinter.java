package dev.tocsin.cli;

import dev.tocsin.follow.Audience;
import dev.tocsin.follow.Brief;
import dev.tocsin.follow.Entry;
import dev.tocsin.follow.Fold;
import dev.tocsin.follow.Tally;
import java.io.PrintWriter;

/**
 * Prints what a reader finds: as text the table at the end of the backlog, then changes; as NDJSON every record that is
 * news, from the first on. What is odd goes to stderr. Confined: the reader's thread.
 */
final class FollowPrinter implements Audience {
    private static final int ODD_MAX = 1000;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean ndjson;
    private final FollowText text;

    FollowPrinter(PrintWriter out, PrintWriter err, boolean ndjson, FollowText text) {
        this.out = out;
        this.err = err;
        this.ndjson = ndjson;
        this.text = text;
    }

    @Override
    public void news(Entry entry, Brief brief, boolean live) {
        if (ndjson) {
            out.print(entry.line() + "\n");
        } else if (live) {
            out.print(text.line(entry.time(), brief) + "\n");
        }
    }

    @Override
    public void caughtUp(Fold fold, Tally tally) {
        if (!ndjson) {
            text.table(fold).forEach(line -> out.print(line + "\n"));
        }
        odd("read to the end: " + tally + "; now live");
    }

    @Override
    public void odd(String what) {
        err.println("follow: " + Printable.of(what, ODD_MAX));
        err.flush();
    }

    /** What went wrong with stdout is told, if it is worth it, by whoever owns it. */
    @Override
    public boolean flush() {
        return !out.checkError();
    }

    /** Following was stopped. */
    void over(Tally tally) {
        odd("stopped after " + tally);
    }
}
