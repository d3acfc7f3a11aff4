package dev.tocsin.sim;

import dev.tocsin.scenario.Setting;
import dev.tocsin.scenario.TargetRef;
import java.util.SplittableRandom;

/** One target as one server knows it. Confined: its {@link Scrapes}. */
final class Scraped {
    static final long NEVER = Long.MIN_VALUE;
    private static final int MICROS_MAX = 30_000;

    final TargetRef target;
    final long intervalMillis;
    final long timeoutMillis;
    private final long phaseMillis;
    private final long usualMicros;

    /** When it is scraped next, on the fleet's clock. */
    long dueMillis;

    private int scrapes;
    private String error = "";
    private long startedMillis = NEVER;
    private double seconds;

    /** @param random of this target on this server: its moment within the interval, and how long it takes as a rule */
    Scraped(TargetRef target, Setting.Scrape scrape, SplittableRandom random, long nowMillis) {
        this.target = target;
        this.intervalMillis = scrape.every().toMillis();
        this.timeoutMillis = scrape.timeout().toMillis();
        this.phaseMillis = random.nextLong(intervalMillis);
        this.usualMicros = Math.min(random.nextLong(1_000, MICROS_MAX), timeoutMillis * 1_000 / 4);
        this.dueMillis = nowMillis + Math.floorMod(phaseMillis - nowMillis, intervalMillis);
    }

    /** The number of the next scrape: 0, 1, 2 ... */
    int number() {
        return scrapes;
    }

    /** How long a scrape takes that ends so: what waits in vain waits as long as it may, a refusal comes at once. */
    double seconds(String failure) {
        if (failure.isEmpty()) {
            return usualMicros / 1e6;
        }
        boolean waits = failure.contains("deadline exceeded") || failure.contains("i/o timeout");
        return waits ? timeoutMillis / 1e3 + usualMicros / 1e8 : usualMicros / 2e7;
    }

    /** The scrape that was due has ended. @param skewMillis by how much the server's own clock is wrong */
    void ended(String failure, long skewMillis) {
        scrapes++;
        error = failure;
        startedMillis = dueMillis + skewMillis;
        seconds = seconds(failure);
    }

    /** {@code up}, {@code down}, or {@code unknown} before the first scrape has ended. */
    String health() {
        return startedMillis == NEVER ? "unknown" : error.isEmpty() ? "up" : "down";
    }

    String error() {
        return error;
    }

    /** When its last scrape began, on the server's own clock; {@link #NEVER} before the first. */
    long startedMillis() {
        return startedMillis;
    }

    double lastSeconds() {
        return seconds;
    }
}
