package dev.tocsin.triage;

import dev.tocsin.health.PollResult;
import dev.tocsin.health.PollResult.Answered;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.triage.Reading.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look through one source shows. Immutable.
 *
 * @param state {@code ready} when its word on its targets counts
 * @param answer null when it gave no target list
 * @param readings of all targets; none when there is no list
 */
record View(
        Seen seen,
        SourceState state,
        @Nullable Why why,
        String detail,
        @Nullable Answered answer,
        List<Reading> readings) {
    /* After its start a server lists nothing for 5 s, then targets that it has not scraped yet (measured). */
    private static final Duration WARMING_MAX = Duration.ofMinutes(2);

    static View of(Seen seen, ScrapeErrors errors) {
        PollResult result = seen.look().targets();
        if (result instanceof PollResult.Dark dark) {
            return new View(seen, dark.state(), dark.why(), dark.detail(), null, List.of());
        }
        Answered answer = (Answered) result;
        long sourceMillis = answer.sourceTime().toEpochMilli();
        List<Reading> readings = answer.observations().stream()
                .map(observation -> Reading.of(observation, sourceMillis, errors))
                .toList();
        return state(seen, answer, readings);
    }

    private static View state(Seen seen, Answered answer, List<Reading> readings) {
        long waiting = count(readings, Vote.UNSCRAPED) + count(readings, Vote.UNPROVEN);
        long overdue = count(readings, Vote.OVERDUE);
        if (waiting == readings.size() && startedJustNow(answer)) {
            String what = readings.isEmpty() ? "it lists no targets yet" : "it has not scraped any target yet";
            return new View(seen, SourceState.WARMING, null, what + ", " + started(answer), answer, readings);
        }
        if (2 * overdue > readings.size() - waiting) {
            String what = "the last scrapes of " + overdue + " of " + readings.size() + " targets are too old";
            return new View(seen, SourceState.FROZEN, null, what, answer, readings);
        }
        return new View(seen, SourceState.READY, null, "", answer, readings);
    }

    private static boolean startedJustNow(Answered answer) {
        Instant start = answer.server().startTime();
        return start != null && Duration.between(start, answer.sourceTime()).compareTo(WARMING_MAX) < 0;
    }

    private static String started(Answered answer) {
        Instant start = answer.server().startTime();
        return start == null
                ? "it does not say when it started"
                : "it started "
                        + Math.max(
                                0, Duration.between(start, answer.sourceTime()).toSeconds()) + " s ago";
    }

    boolean ready() {
        return state == SourceState.READY;
    }

    String name() {
        return seen.source().name();
    }

    int count(Vote vote) {
        return (int) count(readings, vote);
    }

    private static long count(List<Reading> readings, Vote vote) {
        return readings.stream().filter(reading -> reading.vote() == vote).count();
    }
}
