package dev.tocsin.cli;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.SourceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which sources can be seen through, as lines when that changes. Confined: the terminal; pure. */
final class SourceProgress {
    private static final long BETWEEN_MILLIS = 1_000; // two lines while sources are first reached
    private static final int DARK_SHOWN_MAX = 5;

    private final TreeSet<String> unheard;
    private final Set<String> all;
    private final int total;
    private final Map<String, Dark> dark = new LinkedHashMap<>();
    private long lastLineMillis = Long.MIN_VALUE;

    /** @param sources names of all sources */
    SourceProgress(Collection<String> sources) {
        this.unheard = new TreeSet<>(sources);
        this.all = Set.copyOf(sources);
        this.total = unheard.size();
    }

    /** What a poll is worth saying; mostly nothing. */
    List<String> on(DeltaBatch batch) {
        String name = batch.source().name();
        if (!all.contains(name) || batch.why() == SourceState.Why.NOT_ASKED) {
            return List.of(); // the last batch of a source that is no longer configured, or not in that cluster
        }
        boolean first = unheard.remove(name);
        boolean seen = seen(batch.state());
        Dark before = dark.get(name);
        if (seen) {
            dark.remove(name);
        } else {
            dark.put(name, new Dark(why(batch), before == null ? batch.at().monoMillis() : before.sinceMillis));
        }
        if (first) {
            return reached(batch.at().monoMillis());
        }
        List<String> lines = new ArrayList<>();
        if (!seen && before == null) {
            lines.add("source " + Printable.of(name, 200) + " went dark: " + why(batch));
        } else if (seen && before != null) {
            Duration away = Duration.ofMillis(batch.at().monoMillis() - before.sinceMillis);
            lines.add("source " + Printable.of(name, 200) + " is back after " + Words.duration(away));
        }
        return lines;
    }

    private List<String> reached(long nowMillis) {
        boolean due = lastLineMillis == Long.MIN_VALUE || nowMillis - lastLineMillis >= BETWEEN_MILLIS;
        if (!unheard.isEmpty() && !due) {
            return List.of();
        }
        lastLineMillis = nowMillis;
        int heard = total - unheard.size();
        String line = (heard - dark.size()) + " of " + total + (total == 1 ? " source" : " sources") + " answered";
        if (!unheard.isEmpty()) {
            String some = dark.isEmpty() ? "" : "; " + dark.size() + " dark";
            return List.of(line + some + "; " + unheard.size() + " being asked");
        }
        String sick = dark.entrySet().stream()
                .limit(DARK_SHOWN_MAX)
                .map(e -> "; " + Printable.of(e.getKey(), 200) + ": " + e.getValue().why)
                .collect(Collectors.joining());
        int more = dark.size() - DARK_SHOWN_MAX;
        return List.of(line + sick + (more > 0 ? "; and " + more + " more" : ""));
    }

    private static boolean seen(SourceState state) {
        return switch (state) {
            case READY, WARMING, RELOADING -> true;
            case STARTING, STOPPING, FROZEN, BLIND, SUSPECT -> false;
        };
    }

    private static String why(DeltaBatch batch) {
        SourceState.Why why = batch.why();
        String reason = why == null ? Words.of(batch.state()) : Words.of(why);
        return reason + (batch.detail().isEmpty() ? "" : " (" + Printable.of(batch.detail(), 200) + ")");
    }

    private record Dark(String why, long sinceMillis) {}
}
