package dev.tocsin.bugs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of the bugs and who sees them, as it stands in the README beside them. */
final class BugTable {
    static final Path README = BugFile.FOLDER.resolve("README.md");
    static final String HEAD = "| bug | what it breaks | seeds that see it | as | directed tests that see it |";
    private static final String RULE = "|---|---|---:|---|---|";

    private BugTable() {}

    /** One line of the table. @param seen those of the bug's directed tests that see it */
    static String row(Bug bug, Hunt hunt, List<String> seen) {
        String share = String.format(Locale.ROOT, "%.1f %% of %d", hunt.percent(), hunt.played());
        String tests = seen.stream()
                .map(test -> test.substring(test.lastIndexOf('.') + 1))
                .map(test -> "`" + test + "`")
                .collect(Collectors.joining(", "));
        return "| `" + bug.name() + "` | " + bug.breaks() + " | " + share + " | " + hunt.invariants() + " | " + tests
                + " |";
    }

    /** The rows of the README by the name of their bug. */
    static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(README)) {
            if (line.startsWith("| `")) {
                rows.put(line.substring(3, line.indexOf('`', 3)), line);
            }
        }
        return rows;
    }

    /** Puts these rows in the place of those that the README has of the same bugs. */
    static void write(Map<String, String> rows, String played) throws IOException {
        Map<String, String> all = rows();
        all.putAll(rows);
        String text = Files.readString(README);
        String before = text.substring(0, text.indexOf(HEAD)).replaceFirst("Played: .*", "Played: " + played);
        Files.writeString(README, before + HEAD + "\n" + RULE + "\n" + String.join("\n", all.values()) + "\n");
    }

    /** Keeps in the bug's own file which seed sees it first; none when none does. */
    static void keep(Bug bug, long seed) throws IOException {
        Path file = BugFile.FOLDER.resolve(bug.name() + ".bug");
        String text = Files.readString(file).replaceFirst("(?m)^seed: .*\n", "");
        String line = seed == Bug.NO_SEED ? "" : "seed: " + seed + "\n";
        Files.writeString(file, text.replaceFirst("(?m)^(source: .*\n)", "$1" + line));
    }
}
