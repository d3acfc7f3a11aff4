package dev.tocsin.poll;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * When a source is asked next, and how long its answer may take. Confined: its poller; pure, time is an argument.
 *
 * <p>Rounds stand on a grid of the interval whose phase is a hash of the source's name, so many sources spread over the
 * interval by themselves. Whatever we wait longer than the interval is for the sake of the source, and bounded.
 */
final class Schedule {
    /* A dark source is asked at its interval this long: that is when restarts end and people look. */
    private static final long EAGER_MILLIS = 30_000;
    private static final long DARK_MILLIS_MAX = 30_000;
    /* 10, 20, 40, 60, 60 s ...: 8 requests in 5 minutes, under the limit of lock-outs. */
    private static final long DENIED_MILLIS_MIN = 10_000;
    private static final long DENIED_MILLIS_MAX = 60_000;
    private static final long DEADLINE_MILLIS_MAX = 60_000;
    private static final long FIRST_MILLIS_MAX = 2_000;
    private static final long FIRST_MILLIS_PER_SOURCE = 5; // 400 sources and more: all of the 2 s
    /* A big answer costs the server about 70 us a target (measured: 0.7 s for 10,000 of Kubernetes), so we leave it two
     * thirds of the time. */
    private static final long BIG_ANSWER_BYTES = 1 << 20;
    private static final int BIG_ANSWER_SHARE = 3;
    private static final int DOUBLINGS_MAX = 16;
    private static final int JITTER_PARTS = 20;

    private final long interval;
    private final long timeout;
    private final long phase;
    private final SplittableRandom jitter;
    private long deadline;
    private long darkSince;
    private boolean dark;
    private int backedOff;
    private int denied;

    Schedule(String name, Duration interval, Duration timeout) {
        CRC32 hash = new CRC32();
        hash.update(name.getBytes(StandardCharsets.UTF_8));
        this.interval = interval.toMillis();
        this.timeout = timeout.toMillis();
        if (this.interval <= 0 || this.timeout <= 0) {
            throw new IllegalArgumentException(
                    name + ": interval " + interval + " and timeout " + timeout + ", want more");
        }
        /* Knuth's multiplier: the hashes of prom-1, prom-2 ... lie near each other. */
        this.phase = Math.floorMod(hash.getValue() * 2_654_435_761L, this.interval);
        this.jitter = new SplittableRandom(hash.getValue());
        this.deadline = this.timeout;
    }

    /**
     * The first round: at once, but for a spread that keeps a thousand first answers apart.
     *
     * @param sources that are asked for the first time now, this one among them
     */
    Plan first(long now, int sources) {
        long spread = Math.min(FIRST_MILLIS_PER_SOURCE * sources, Math.min(interval, FIRST_MILLIS_MAX));
        return new Plan(now + phase * spread / interval, 0, Duration.ofMillis(interval));
    }

    /** How long the next round may take, from name resolution to the last byte. */
    Duration deadline() {
        return Duration.ofMillis(deadline);
    }

    /** The round after one that started and ended then. */
    Plan next(Outcome outcome, long started, long ended) {
        if (!(outcome instanceof Outcome.Dark)) {
            dark = false;
            backedOff = 0;
        }
        if (!(outcome instanceof Outcome.Denied)) {
            denied = 0;
        }
        if (outcome instanceof Outcome.Answered answered) {
            return answered(answered, started, ended);
        } else if (outcome instanceof Outcome.TooSlow) {
            deadline = Math.max(timeout, Math.min(DEADLINE_MILLIS_MAX, 2 * deadline));
            return onGrid(interval, started, ended);
        } else if (outcome instanceof Outcome.Dark) {
            return dark(started, ended);
        } else if (outcome instanceof Outcome.Denied) {
            long wait = doubled(Math.max(interval, DENIED_MILLIS_MIN), denied++, DENIED_MILLIS_MAX);
            return later(wait, ended);
        } else if (outcome instanceof Outcome.ToldToWait told) {
            return new Plan(ended + told.pause().toMillis(), 0, told.pause());
        } else if (outcome instanceof Outcome.Void) {
            return new Plan(ended, 0, Duration.ofMillis(interval));
        }
        return onGrid(interval, started, ended);
    }

    private Plan answered(Outcome.Answered answer, long started, long ended) {
        if (answer.millis() < timeout / 2) {
            deadline = timeout;
        }
        boolean big = answer.bytes() >= BIG_ANSWER_BYTES;
        return onGrid(big ? Math.max(interval, BIG_ANSWER_SHARE * answer.millis()) : interval, started, ended);
    }

    private Plan dark(long started, long ended) {
        if (!dark) {
            dark = true;
            darkSince = ended;
        }
        return ended - darkSince < EAGER_MILLIS
                ? onGrid(interval, started, ended)
                : later(doubled(interval, ++backedOff, DARK_MILLIS_MAX), ended);
    }

    private long doubled(long wait, int times, long max) {
        return Math.max(interval, Math.min(max, wait << Math.min(times, DOUBLINGS_MAX)));
    }

    /* Up to a tenth earlier: sources that went dark together shall not come back together. */
    private Plan later(long wait, long ended) {
        long early = jitter.nextLong(Math.max(1, wait / 10));
        return new Plan(ended + Math.max(interval, wait - early), 0, Duration.ofMillis(wait));
    }

    private Plan onGrid(long pace, long started, long ended) {
        /* The first round stands before its grid: half an interval later at the earliest. */
        long due = gridAfter(started + interval / 2);
        long next = gridAfter(Math.max(ended, started + interval / 2));
        int skipped = (int) Math.min(Integer.MAX_VALUE, (next - due) / interval);
        long at = Math.max(next, started + pace);
        return new Plan(
                pace > interval ? at : next + jitter.nextLong(Math.max(1, interval / JITTER_PARTS)),
                skipped,
                Duration.ofMillis(pace));
    }

    private long gridAfter(long time) {
        return time + interval - Math.floorMod(time - phase, interval);
    }
}
