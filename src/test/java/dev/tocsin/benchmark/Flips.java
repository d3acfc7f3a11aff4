package dev.tocsin.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * How the targets of one source do when two of them change with each answer: one goes down, one is up again. Each is
 * scraped every 15 s, and when it changes. Confined.
 */
final class Flips implements Documents.Scrapes {
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final int ANSWERS_DOWN = 10; // an answer that was not heard has not hidden a change

    private final Instant[] changed;
    private final BitSet down = new BitSet();
    private Instant now = Instant.EPOCH;
    private int answers;

    Flips(int targets) {
        changed = new Instant[targets];
        Arrays.fill(changed, Instant.EPOCH);
    }

    /** The next changes: which target, and what it is now. */
    List<String> next() {
        List<String> changes = new ArrayList<>();
        changes.add(change(answers, true));
        if (answers >= ANSWERS_DOWN) {
            changes.add(change(answers - ANSWERS_DOWN, false));
        }
        answers++;
        return changes;
    }

    private String change(int answer, boolean falls) {
        int target = answer % changed.length;
        down.set(target, falls);
        changed[target] = now;
        return Documents.instance(target) + " " + (falls ? "down" : "up");
    }

    /** The same at that time. */
    Flips at(Instant time) {
        now = time;
        return this;
    }

    /** A time as processes tell it to each other. */
    static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    @Override
    public boolean up(int target) {
        return !down.get(target);
    }

    @Override
    public Instant last(int target) {
        long interval = INTERVAL.toMillis();
        long phase = target * interval / changed.length;
        Instant due = now.minusMillis(Math.floorMod(now.toEpochMilli() - phase, interval));
        return due.isBefore(changed[target]) ? changed[target] : due;
    }
}
