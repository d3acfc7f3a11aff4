package dev.tocsin.follow;

import java.time.Duration;
import java.util.Optional;

/** Whether a broker is there, told once when it changes; short breaks are none. Confined: its reader. */
final class Presence {
    private static final long AWAY_AFTER = Duration.ofSeconds(3).toNanos();

    private long seenNanos;
    private boolean away;

    /** @param nowNanos of a clock that never goes back */
    Presence(long nowNanos) {
        seenNanos = nowNanos;
    }

    /** What is to be told, if anything is. @param connected whether there is any connection */
    Optional<String> look(boolean connected, long nowNanos) {
        if (connected) {
            seenNanos = nowNanos;
        }
        boolean gone = nowNanos - seenNanos >= AWAY_AFTER;
        if (gone == away) {
            return Optional.empty();
        }
        away = gone;
        return Optional.of(gone ? "kafka away: no broker answers, waiting" : "kafka is back");
    }
}
