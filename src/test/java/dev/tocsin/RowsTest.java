package dev.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which failure modes and invariants have a test that bears their name: in its {@code @DisplayName}, its method name (
 * {@code f20An...}), the name of its row in a table, or the {@code rows} of a scenario. A comment does not count.
 */
final class RowsTest {
    private static final Path TESTS = Path.of("src/test/java");
    private static final Path TABLES = Path.of("src/test/resources/rows");
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

    private static final Pattern ROW = Pattern.compile("\\b[FI]\\d{1,3}\\b");
    private static final Pattern COMMENT_OR_TEXT = Pattern.compile(
            "/\\*(?s:.*?)\\*/|//[^\\n]*|(\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\])')");
    private static final List<Pattern> NAMES = List.of(
            Pattern.compile("@DisplayName\\(\\s*\"([^\"]*)\""),
            Pattern.compile("\\bvoid (f\\d{2,3})[A-Z]"),
            Pattern.compile("\"([FI]\\d{1,3}:? )[^\"]+\""));
    private static final Pattern SCENARIO_ROWS = Pattern.compile("(?m)^rows (.*)$");

    @Test
    void everyRowHasATestThatBearsItsNameOrAReasonWhyNot() throws IOException {
        Map<String, String> rows = table("rows.tsv");
        Map<String, String> reasons = table("not-covered.tsv");

        Set<String> named = named();

        Map<String, String> bare = new LinkedHashMap<>(rows);
        bare.keySet().removeAll(named);
        System.out.println("rows covered " + covered(rows, bare, "F") + ", invariants " + covered(rows, bare, "I"));
        bare.forEach((row, title) -> System.out.println("  " + row + " " + title + ": " + reasons.get(row)));
        assertThat(rows.keySet()).as("rows that tests name").containsAll(named);
        assertThat(bare.keySet())
                .as("rows without a test, as listed in " + TABLES.resolve("not-covered.tsv"))
                .containsExactlyInAnyOrderElementsOf(reasons.keySet());
    }

    private static String covered(Map<String, String> rows, Map<String, String> bare, String kind) {
        long all = rows.keySet().stream().filter(row -> row.startsWith(kind)).count();
        long missing =
                bare.keySet().stream().filter(row -> row.startsWith(kind)).count();
        return all - missing + " of " + all;
    }

    private static Map<String, String> table(String file) throws IOException {
        Map<String, String> table = new LinkedHashMap<>();
        for (String line : Files.readAllLines(TABLES.resolve(file))) {
            if (!line.startsWith("#")) {
                String[] cells = line.split("\t");
                assertThat(cells).as("%s: %s", file, line).hasSize(2);
                assertThat(table.put(cells[0], cells[1])).as("twice: %s", line).isNull();
            }
        }
        return table;
    }

    private static Set<String> named() throws IOException {
        Set<String> named = new TreeSet<>();
        texts(TESTS, "Test.java", "IT.java").forEach(source -> {
            String code = COMMENT_OR_TEXT.matcher(source).replaceAll(RowsTest::withoutComment);
            NAMES.forEach(name -> named.addAll(rows(name, code)));
        });
        texts(SCENARIOS, ".scenario").forEach(story -> named.addAll(rows(SCENARIO_ROWS, story)));
        return named;
    }

    private static String withoutComment(MatchResult match) {
        return match.group(1) == null ? "" : Matcher.quoteReplacement(match.group(1));
    }

    private static Set<String> rows(Pattern where, String text) {
        Set<String> rows = new LinkedHashSet<>();
        where.matcher(text)
                .results()
                .map(match -> match.group(1).startsWith("f") ? match.group(1).toUpperCase(Locale.ROOT) : match.group(1))
                .forEach(name ->
                        ROW.matcher(name).results().map(MatchResult::group).forEach(rows::add));
        return rows;
    }

    private static List<String> texts(Path folder, String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .map(RowsTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
