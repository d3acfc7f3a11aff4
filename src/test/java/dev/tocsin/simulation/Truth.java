package dev.tocsin.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What was really so, second by second, as spans of equal seconds. Confined: its run. */
final class Truth {
    /** How long after a failure it may still be told: a round, confirmation, settling, and a stale spell of ours. */
    static final int LOOKBACK_SECONDS = 150;

    private final Instant start;
    private final List<Span> spans = new ArrayList<>();
    private long second;

    Truth(Instant start) {
        this.start = start;
    }

    /**
     * How things stand. Immutable.
     *
     * @param down instances that are down
     * @param fails by server, the instances of which scrapes from there fail
     * @param unreachable by server, those of them that it does not reach: not those that it does not try
     * @param hanging the instances of which scrapes do not end
     * @param dark the servers from which nothing may be learned
     * @param silent those that give no answer of use
     * @param frozen those that scrape nothing
     * @param listed the instances of each job
     * @param empty the servers of which the lists are empty all the same
     * @param life the number of our process; 0 when there is none
     * @param awake whether it runs, is not stopped, and can write its log
     * @param calm whether nothing is wrong but with targets
     */
    record State(
            Set<String> down,
            Map<String, Set<String>> fails,
            Map<String, Set<String>> unreachable,
            Set<String> hanging,
            Set<String> dark,
            Set<String> silent,
            Set<String> frozen,
            Map<String, List<String>> listed,
            Set<String> empty,
            int life,
            boolean awake,
            boolean calm) {

        Set<String> servers() {
            return fails.keySet();
        }

        boolean fails(String server, String instance) {
            return fails.getOrDefault(server, Set.of()).contains(instance);
        }

        boolean unreachable(String server, String instance) {
            return unreachable.getOrDefault(server, Set.of()).contains(instance);
        }

        /** Whether that server's scrapes of that instance are seen by us. */
        boolean seen(String server, String instance) {
            return awake && !dark.contains(server) && !hanging.contains(instance);
        }

        boolean seenByAny(String instance) {
            return servers().stream().anyMatch(server -> seen(server, instance));
        }

        boolean lists(String server, String instance) {
            return !empty.contains(server) && lists(instance);
        }

        boolean lists(String instance) {
            return listed.values().stream().anyMatch(names -> names.contains(instance));
        }

        double shareDown(String job) {
            return share(listed.getOrDefault(job, List.of()), down);
        }

        /** Whether no job has an instance. */
        boolean nothingListed() {
            return listed.values().stream().allMatch(List::isEmpty);
        }

        /** How much of what a server scrapes fails. */
        double shareFailing(String server) {
            List<String> all = listed.values().stream().flatMap(List::stream).toList();
            return share(all, fails.getOrDefault(server, Set.of()));
        }

        private static double share(List<String> names, Set<String> of) {
            return names.isEmpty()
                    ? 0
                    : (double) names.stream().filter(of::contains).count() / names.size();
        }
    }

    /** So many seconds of one state. */
    record Span(State state, int seconds) {}

    /** The next second. */
    void note(State state) {
        int last = spans.size() - 1;
        if (last >= 0 && spans.get(last).state == state) {
            spans.set(last, new Span(state, spans.get(last).seconds + 1));
        } else {
            spans.add(new Span(state, 1));
        }
        second++;
    }

    State now() {
        return spans.get(spans.size() - 1).state;
    }

    /** Since the start of the world. */
    long second() {
        return second;
    }

    Instant wall() {
        return start.plusSeconds(second);
    }

    /** The last seconds, oldest first. */
    List<Span> last(int seconds) {
        return back(seconds, state -> true);
    }

    /** The last seconds, oldest first: as many as have {@link #LOOKBACK_SECONDS} sighted ones among them. */
    List<Span> lookback(Predicate<State> sighted) {
        return back(LOOKBACK_SECONDS, sighted);
    }

    private List<Span> back(int seconds, Predicate<State> counts) {
        List<Span> found = new ArrayList<>();
        int left = seconds;
        for (int at = spans.size() - 1; at >= 0 && left > 0; at--) {
            Span span = spans.get(at);
            if (counts.test(span.state)) {
                span = new Span(span.state, Math.min(left, span.seconds));
                left -= span.seconds;
            }
            found.add(span);
        }
        Collections.reverse(found);
        return found;
    }
}
