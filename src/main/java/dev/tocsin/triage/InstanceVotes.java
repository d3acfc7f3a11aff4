package dev.tocsin.triage;

import dev.tocsin.health.Target;
import dev.tocsin.outage.Quorum;
import dev.tocsin.triage.Reading.Vote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One instance and what each source says of it. Confined: the report's maker. */
final class InstanceVotes {
    /** How the votes come out. */
    enum Decision {
        UP,
        DOWN,
        DISAGREEING,
        UNKNOWN
    }

    private final Map<String, List<Reading>> bySource = new LinkedHashMap<>();

    void add(String source, Reading reading) {
        bySource.computeIfAbsent(source, name -> new ArrayList<>()).add(reading);
    }

    Decision decide(Quorum quorum) {
        int down = saying(Vote.DOWN).size();
        int up = sayingUp().size();
        if (down == 0) {
            return up == 0 ? Decision.UNKNOWN : Decision.UP;
        }
        return switch (quorum) {
            case ANY -> Decision.DOWN;
            case MAJORITY -> down > up ? Decision.DOWN : up > down ? Decision.UP : Decision.DISAGREEING;
            case ALL -> up == 0 ? Decision.DOWN : Decision.DISAGREEING;
        };
    }

    /** The sources with such a word. */
    List<String> saying(Vote vote) {
        return bySource.entrySet().stream()
                .filter(source -> source.getValue().stream().anyMatch(reading -> reading.vote() == vote))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A source that has the instance twice (the same labels, two targets) has one vote: the worst of both. */
    List<String> sayingUp() {
        List<String> down = saying(Vote.DOWN);
        return saying(Vote.UP).stream().filter(source -> !down.contains(source)).toList();
    }

    /** The first word of a source that says down. @throws IllegalStateException none does */
    Reading failed() {
        return bySource.values().stream()
                .flatMap(List::stream)
                .filter(reading -> reading.vote() == Vote.DOWN)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no source says down"));
    }

    Target target() {
        return bySource.values().iterator().next().get(0).seen().target();
    }
}
