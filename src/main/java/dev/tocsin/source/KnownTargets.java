package dev.tocsin.source;

import dev.tocsin.health.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The targets that the last answers of one source named, found by a hash of what identifies them. Confined: the poller of
 * the source.
 *
 * <p>So an unchanged target costs neither Strings nor SHA-256. Open addressing over a 128-bit seeded hash of (pool, url,
 * labels); two identities with one redacted URL are one target. Entries that the last {@value #ANSWERS_KEPT} answers did
 * not use are dropped once they are many, so there are at most about (1 + {@value #ANSWERS_KEPT}) x the targets of an
 * answer, whatever a source invents. What only an answer named that was not taken is dropped before the next.
 */
final class KnownTargets {
    private static final int ANSWERS_KEPT = 2;
    private static final int SLACK = 1 << 10;
    private static final int SIZE_MIN = 64;
    private static final int SHARED_MAX = 10_000; // x 100 B = 1 MB; then the sharing begins again

    private long[] firsts = new long[SIZE_MIN];
    private long[] seconds = new long[SIZE_MIN];
    private @Nullable KnownTarget[] entries = new KnownTarget[SIZE_MIN];
    private int used;
    private final Map<String, KnownTarget> byId = new HashMap<>();
    private final Map<String, String> shared = new HashMap<>();
    private long answer;
    private int sizeOfLast;
    private int usedBefore;
    private boolean taken = true;

    /** A new answer begins; its number. */
    long begin() {
        if (!taken && used > usedBefore + SLACK) {
            drop(known -> known.first == answer);
        }
        answer++;
        taken = false;
        if (used > 2 * sizeOfLast + SLACK) {
            long oldest = answer - ANSWERS_KEPT;
            drop(known -> known.answer < oldest);
        }
        usedBefore = used;
        return answer;
    }

    /** The answer was taken whole. */
    void end(int targets) {
        sizeOfLast = targets;
        taken = true;
    }

    int size() {
        return used;
    }

    @Nullable
    KnownTarget find(long first, long second) {
        int i = slot(first, second);
        return entries[i];
    }

    /** Remembers a target under its hash. */
    KnownTarget add(long first, long second, Target target) {
        KnownTarget known = byId.computeIfAbsent(target.id(), id -> new KnownTarget(target, answer));
        if (2 * (used + 1) > entries.length) {
            rebuild(2 * entries.length, none -> false);
        }
        put(first, second, known);
        return known;
    }

    /** The one String for the name of a job or pool: all readers look those up, and equal is cheapest when same. */
    String shared(String name) {
        if (shared.size() >= SHARED_MAX) {
            shared.clear();
        }
        String first = shared.putIfAbsent(name, name);
        return first == null ? name : first;
    }

    private void drop(Predicate<KnownTarget> dropped) {
        byId.values().removeIf(dropped);
        int size = SIZE_MIN;
        while (size < 3 * byId.size()) {
            size *= 2;
        }
        rebuild(size, dropped);
    }

    private void rebuild(int size, Predicate<KnownTarget> dropped) {
        long[] oldFirsts = firsts;
        long[] oldSeconds = seconds;
        @Nullable KnownTarget[] old = entries;
        int kept = 0;
        for (KnownTarget known : old) {
            kept += known != null && !dropped.test(known) ? 1 : 0;
        }
        int enough = size;
        while (enough < 2 * kept + 2) {
            enough *= 2;
        }
        firsts = new long[enough];
        seconds = new long[enough];
        entries = new KnownTarget[enough];
        used = 0;
        for (int i = 0; i < old.length; i++) {
            KnownTarget known = old[i];
            if (known != null && !dropped.test(known)) {
                put(oldFirsts[i], oldSeconds[i], known);
            }
        }
    }

    private void put(long first, long second, KnownTarget known) {
        int i = slot(first, second);
        used += entries[i] == null ? 1 : 0;
        firsts[i] = first;
        seconds[i] = second;
        entries[i] = known;
    }

    private int slot(long first, long second) {
        int mask = entries.length - 1;
        int i = (int) first & mask;
        while (entries[i] != null && (firsts[i] != first || seconds[i] != second)) {
            i = i + 1 & mask;
        }
        return i;
    }
}
