package dev.tocsin.outage;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How many of the replicas of one cluster have each router. Confined: the source watch.
 *
 * <p>A change costs a step per router, and so does a judgement: all replicas together have too many to be walked through.
 */
final class RouterCounts {
    private static final int NAMED_MAX = 10;
    private static final Set<String> NONE = Set.of();

    private final Map<String, Integer> counts = new HashMap<>();
    private int replicas;
    private long version;

    /** Takes one replica's routers for those that it had before; null while it is not to be compared. */
    void exchange(@Nullable Set<String> before, @Nullable Set<String> now) {
        replicas += (now == null ? 0 : 1) - (before == null ? 0 : 1);
        for (String name : before == null ? NONE : before) {
            counts.computeIfPresent(name, (key, count) -> count > 1 ? count - 1 : null);
        }
        for (String name : now == null ? NONE : now) {
            counts.merge(name, 1, Integer::sum);
        }
        version++;
    }

    /** Grows with each exchange. */
    long version() {
        return version;
    }

    /** How many replicas can be compared. */
    int replicas() {
        return replicas;
    }

    /**
     * In what that replica differs from its peers, for people; "" in nothing. Of two that differ nobody knows which is
     * right: then it is told of the one that has more.
     */
    String differences(Set<String> routers) {
        String alone =
                some(routers, name -> 2 * counts.getOrDefault(name, 0) <= replicas, " that most of its peers lack: ");
        String lacks = some(
                counts.keySet(),
                name -> 2 * counts.getOrDefault(name, 0) > replicas && !routers.contains(name),
                " that most of its peers have: ");
        String has = alone.isEmpty() ? "" : "it has " + alone;
        return has + (has.isEmpty() || lacks.isEmpty() ? "" : "; ") + (lacks.isEmpty() ? "" : "it lacks " + lacks);
    }

    /** Whether half of them have a router that this one lacks: then its peers may be right. */
    boolean contested(Set<String> routers) {
        return counts.entrySet().stream()
                .anyMatch(each -> 2 * each.getValue() == replicas && !routers.contains(each.getKey()));
    }

    private static String some(Set<String> names, Predicate<String> such, String what) {
        TreeSet<String> first = new TreeSet<>();
        int total = 0;
        for (String name : names) {
            if (such.test(name)) {
                total++;
                first.add(name);
                if (first.size() > NAMED_MAX) {
                    first.pollLast();
                }
            }
        }
        if (total == 0) {
            return "";
        }
        String more = total > first.size() ? " and " + (total - first.size()) + " more" : "";
        return total + (total == 1 ? " router" : " routers") + what + String.join(", ", first) + more;
    }
}
