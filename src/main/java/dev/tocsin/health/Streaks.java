package dev.tocsin.health;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Opens and clears findings of one kind with hysteresis: what they rest on must have stood for some polls and some time.
 * Confined: its {@link SourceFindings}.
 */
final class Streaks {
    /**
     * How long something must stand. Immutable.
     *
     * @param openPolls polls in a row in which it holds, until the finding opens
     * @param clearPolls polls in a row in which it does not, until the finding clears
     */
    record Rule(int openPolls, long openMillis, int clearPolls, long clearMillis) {}

    private static final class Streak {
        private boolean holds;
        private int polls;
        private long since;
    }

    private final FindingKind kind;
    private final Rule rule;
    private final Map<Map<String, String>, Streak> streaks = new HashMap<>();

    Streaks(FindingKind kind, Rule rule) {
        this.kind = kind;
        this.rule = rule;
    }

    /** The counts begin again; findings stay as they are. */
    void blind() {
        streaks.clear();
    }

    /**
     * Judges one poll.
     *
     * @param holding the subjects for which it holds now, with what to say of each
     */
    void judge(Map<Map<String, String>, String> holding, FindingBook book, WaitClock waits, Draft draft) {
        long now = draft.at().monoMillis();
        Set<Map<String, String>> relevant = new HashSet<>(holding.keySet());
        for (Finding open : book.open(kind)) {
            relevant.add(open.subject());
            boolean holds = holding.containsKey(open.subject());
            Streak streak = note(open.subject(), holds, now);
            if (!holds && streak.polls >= rule.clearPolls && waits.elapsed(streak.since, now) >= rule.clearMillis) {
                draft.add(book.cleared(open, draft.at().wall()));
            }
        }
        holding.forEach((subject, detail) -> {
            if (!book.isOpen(kind, subject)) {
                Streak streak = note(subject, true, now);
                if (streak.polls >= rule.openPolls && waits.elapsed(streak.since, now) >= rule.openMillis) {
                    draft.add(book.opened(kind, subject, detail, draft.at().wall()));
                }
            }
        });
        streaks.keySet().retainAll(relevant);
    }

    private Streak note(Map<String, String> subject, boolean holds, long now) {
        Streak streak = streaks.computeIfAbsent(subject, key -> new Streak());
        if (streak.polls == 0 || streak.holds != holds) {
            streak.holds = holds;
            streak.polls = 0;
            streak.since = now;
        }
        streak.polls++;
        return streak;
    }
}
