package dev.tocsin.bugs;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Plays every bug against its directed tests and many seeds of the simulation, and prints who sees it. Fails when nobody
 * sees one.
 *
 * <p>System properties: {@code bugs.seeds} (2000), {@code bugs.most} (as many; so many are played while none sees it), {@code bugs.threads} (2), {@code bugs.only} (names, with commas), and
 * {@code bugs.update} (the README's table and the seeds in the files are written anew).
 */
public final class SeededBugs {
    private static final int SEEDS = Integer.getInteger("bugs.seeds", 2_000);
    private static final int MOST = Integer.getInteger("bugs.most", SEEDS);
    private static final int THREADS = Integer.getInteger("bugs.threads", 2);
    /* Then some of the next few seeds see it too, whatever a change of the simulation makes of this one. */
    private static final double OFTEN_PERCENT = 15;
    private static final boolean UPDATE = Boolean.getBoolean("bugs.update");

    private SeededBugs() {}

    public static void main(String[] args) throws Exception {
        Set<String> only = Arrays.stream(System.getProperty("bugs.only", "").split(","))
                .filter(name -> !name.isBlank())
                .collect(Collectors.toSet());
        List<Bug> bugs = new ArrayList<>();
        for (Bug bug : BugFile.all()) {
            if (only.isEmpty() || only.contains(bug.name())) {
                bug.mistaken(); // all that are out of step with the code are better told now
                bugs.add(bug);
            }
        }
        Map<String, String> rows = new TreeMap<>();
        List<String> survivors = new ArrayList<>();
        System.out.println(BugTable.HEAD);
        for (Bug bug : bugs) {
            rows.put(bug.name(), play(bug, survivors));
            if (UPDATE) {
                BugTable.write(
                        rows, LocalDate.now() + ", `mvn -Psimulate verify -Dbugs=true -Dbugs.seeds=" + SEEDS + "`");
            }
        }
        System.out.println(
                (rows.size() - survivors.size()) + " of " + rows.size() + " bugs seen; not seen: " + survivors);
        System.exit(survivors.isEmpty() ? 0 : 1);
    }

    private static String play(Bug bug, List<String> survivors) throws Exception {
        long start = System.nanoTime();
        Mutant mutant = Mutant.of(bug);
        List<String> seen = new ArrayList<>();
        for (String test : bug.directed()) {
            if (!Directed.failure(mutant, test).isEmpty()) {
                seen.add(test);
            }
        }
        Hunt hunt = Hunt.of(mutant, SEEDS, MOST, THREADS);
        if (hunt.caught() == 0 && seen.isEmpty()) {
            survivors.add(bug.name());
        }
        if (UPDATE) {
            BugTable.keep(bug, hunt.percent() >= OFTEN_PERCENT ? hunt.first() : Bug.NO_SEED);
        }
        String row = BugTable.row(bug, hunt, seen);
        System.out.println(row);
        System.err.println(
                "  " + bug + ": " + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s; seed " + hunt.first()
                        + ": " + cut(hunt.sample()));
        return row;
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.substring(0, Math.min(400, line.length()));
    }
}
