package dev.tocsin.bugs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the simulation made of a bug. Immutable.
 *
 * @param played how many seeds, from 1 on
 * @param first the first of them that saw it; {@link Bug#NO_SEED} when none did
 * @param caught how many of them saw it
 * @param by how many saw it by which invariant
 * @param sample what the first one said
 */
record Hunt(int played, long first, int caught, Map<String, Integer> by, String sample) {
    private static final Pattern INVARIANT = Pattern.compile("\\bI[0-9]{1,2}t?\\b");

    /** Plays the seeds from 1 on, some at a time; while none sees it, more of them. */
    static Hunt of(Mutant mutant, int seeds, int most, int threads) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<String>> said = new ArrayList<>();
            Hunt hunt;
            do {
                for (int i = 0; i < seeds && said.size() < most; i++) {
                    long seed = said.size() + 1;
                    said.add(pool.submit(() -> mutant.violation(seed)));
                }
                hunt = count(said);
            } while (hunt.caught() == 0 && said.size() < most);
            return hunt;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Hunt count(List<Future<String>> said) throws InterruptedException, ExecutionException {
        long first = Bug.NO_SEED;
        int caught = 0;
        String sample = "";
        Map<String, Integer> by = new TreeMap<>();
        for (int i = 0; i < said.size(); i++) {
            String violation = said.get(i).get();
            if (!violation.isEmpty()) {
                caught++;
                by.merge(invariant(violation), 1, Integer::sum);
                if (first == Bug.NO_SEED) {
                    first = i + 1;
                    sample = violation;
                }
            }
        }
        return new Hunt(said.size(), first, caught, by, sample);
    }

    /** The invariant that a violation names; what it says in short when it names none. */
    private static String invariant(String violation) {
        Matcher named = INVARIANT.matcher(violation);
        if (named.find()) {
            return named.group();
        }
        return violation.contains("Assertion") ? "oracle" : "own check";
    }

    /** The invariants, the most frequent first. */
    String invariants() {
        return by.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .limit(3)
                .reduce((one, other) -> one + ", " + other)
                .orElse("-");
    }

    double percent() {
        return 100.0 * caught / played;
    }
}
