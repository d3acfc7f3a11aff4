package dev.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.config.ConfigLoader;
import dev.tocsin.config.LoadResult;
import dev.tocsin.health.Named;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.RecordSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says, held against the code. */
final class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final String TEXT = read(README);

    @TempDir
    Path folder;

    @Test
    void itsConfigurationsHaveNoMistakes() throws IOException {
        List<String> blocks = blocks("yaml");

        assertThat(blocks).isNotEmpty();
        for (String yaml : blocks) {
            Path file = Files.writeString(folder.resolve("readme.yaml"), yaml);
            assertThat(new ConfigLoader(Map.of(), "host", folder).load(file))
                    .as(yaml)
                    .isInstanceOf(LoadResult.Loaded.class);
        }
    }

    @Test
    void itsRecordsAreWhatTheirSchemasSay() throws IOException {
        List<String> blocks = blocks("json");

        assertThat(blocks).isNotEmpty();
        for (String json : blocks) {
            String line = new ObjectMapper().readTree(json).toString();
            assertThat(RecordSchemas.mistakes(line)).as(json).isEmpty();
        }
    }

    @Test
    void itsMapOfTheRoomsIsTheTableOfImports() {
        Map<String, Set<String>> map = new TreeMap<>();
        for (String[] row : rows("room")) {
            Set<String> imports = "all rooms".equals(row[3]) ? RoomsTest.ROOMS : words(row[3]);
            map.put(words(row[0]).iterator().next(), imports);
        }

        assertThat(map).isEqualTo(new TreeMap<>(RoomsTest.MAY_IMPORT));
    }

    @Test
    void itNamesAllStreams() {
        Set<String> named = rows("stream").stream()
                .map(row -> words(row[0]).iterator().next())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named)
                .isEqualTo(Arrays.stream(Stream.values()).map(Named::text).collect(Collectors.toSet()));
    }

    @Test
    void itsTestCommandIsTheOneOfTheMachine() {
        assertThat(blocks("sh")).contains("mvn -B verify\n");
        assertThat(read(Path.of(".ci/run"))).contains("\nmvn -B verify\n");
    }

    @Test
    void theFilesItLinksToExist() {
        Matcher link = Pattern.compile("]\\((?!https?:)([^)]+)\\)").matcher(TEXT);
        List<Path> missing = new ArrayList<>();
        while (link.find()) {
            Path file = Path.of(link.group(1));
            if (!Files.exists(file)) {
                missing.add(file);
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void itIsShorterThan300Lines() {
        assertThat(TEXT.lines().count()).isLessThan(300);
    }

    /** The texts of the fenced blocks of a language. */
    private static List<String> blocks(String language) {
        Matcher fence = Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(TEXT);
        return fence.results().map(found -> found.group(1)).toList();
    }

    /** The rows of the table whose first column has that title. */
    private static List<String[]> rows(String title) {
        List<String[]> rows = TEXT.lines()
                .dropWhile(line -> !line.startsWith("| " + title + " |"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.substring(1).split("\\|"))
                .map(row -> Arrays.stream(row).map(String::strip).toArray(String[]::new))
                .toList();
        assertThat(rows).as("table of " + title).isNotEmpty();
        return rows;
    }

    private static Set<String> words(String cell) {
        return Pattern.compile("`([a-z]+)`")
                .matcher(cell)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
