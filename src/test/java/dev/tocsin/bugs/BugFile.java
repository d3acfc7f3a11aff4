package dev.tocsin.bugs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A bug as it stands in its file: {@code key: value} lines, indented lines go on with the value before, {@code #} begins a
 * comment. The form is told in the README beside the files.
 */
final class BugFile {
    static final Path FOLDER = Path.of("src/test/resources/bugs");
    private static final Pattern KEY = Pattern.compile("([a-z]+):[ ]?(.*)");
    private static final Set<String> KEYS = Set.of("breaks", "sees", "source", "seed", "directed", "replace", "with");

    private final String path;
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(int line, String key, String value) {}

    private BugFile(String path) {
        this.path = path;
    }

    /** All bugs, by name. */
    static List<Bug> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Bug> bugs = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".bug"))
                    .sorted()
                    .toList()) {
                bugs.add(read(file.toString(), Files.readString(file)));
            }
            return bugs;
        }
    }

    /** @throws IllegalArgumentException it is not of the form; says where */
    static Bug read(String path, String text) {
        BugFile file = new BugFile(path);
        file.split(text);
        return file.bug();
    }

    private void split(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher key = KEY.matcher(line);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ") && !entries.isEmpty()) {
                Entry last = entries.remove(entries.size() - 1);
                entries.add(new Entry(last.line, last.key, last.value + "\n" + line));
            } else if (key.matches() && KEYS.contains(key.group(1))) {
                entries.add(new Entry(i + 1, key.group(1), key.group(2)));
            } else {
                throw wrong(i + 1, "got \"" + line + "\", want a comment, an indented line, or one of " + KEYS);
            }
        }
    }

    private Bug bug() {
        String name = Path.of(path).getFileName().toString().replaceFirst("\\.bug$", "");
        String seed = optional("seed");
        if (!seed.matches("[0-9]*")) {
            throw wrong(1, "seed: got \"" + seed + "\", want a number");
        }
        List<String> directed = entries.stream()
                .filter(entry -> entry.key.equals("directed"))
                .map(entry -> entry.value.strip())
                .toList();
        if (seed.isEmpty() && directed.isEmpty()) {
            throw wrong(1, "want a seed or a directed test, or nobody sees it");
        }
        return new Bug(
                name,
                one("breaks"),
                one("sees"),
                Path.of(one("source")),
                seed.isEmpty() ? Bug.NO_SEED : Long.parseLong(seed),
                directed,
                snippets());
    }

    private List<Snippet> snippets() {
        List<Snippet> snippets = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean answered = i + 1 < entries.size() && entries.get(i + 1).key.equals("with");
            if (entry.key.equals("replace") && answered) {
                snippets.add(new Snippet(path + ":" + entry.line, entry.value, entries.get(i + 1).value));
            } else if (entry.key.equals("replace")
                    || entry.key.equals("with")
                            && (i == 0 || !entries.get(i - 1).key.equals("replace"))) {
                throw wrong(entry.line, "want each replace: with its with:, in turn");
            }
        }
        if (snippets.isEmpty()) {
            throw wrong(1, "want at least one replace:");
        }
        return snippets;
    }

    private String one(String key) {
        String value = optional(key);
        if (value.isEmpty()) {
            throw wrong(1, "want " + key + ":");
        }
        return value;
    }

    private String optional(String key) {
        return entries.stream()
                .filter(entry -> entry.key.equals(key))
                .map(entry -> entry.value.strip())
                .findFirst()
                .orElse("");
    }

    private IllegalArgumentException wrong(int line, String what) {
        return new IllegalArgumentException(path + ":" + line + ": " + what);
    }
}
