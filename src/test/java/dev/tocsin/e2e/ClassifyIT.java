package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.source.ErrorRule;
import dev.tocsin.source.ScrapeErrors;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many and hostile texts, through the jar. */
final class ClassifyIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<ErrorRule> RULES = ScrapeErrors.load().rules();
    private static final int BYTES = 10 << 20;

    @TempDir
    Path folder;

    @Test
    void tenMegabytesOfTextsAreAnsweredInALittleMemory() throws IOException {
        int texts = texts(folder.resolve("texts"));
        Instant begin = Instant.now();

        Ran ran = classify("-Xmx64m", "-0", "-o", "ndjson");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(60));
        List<String> lines = ran.out().lines().toList();
        assertThat(lines).hasSize(texts);
        for (int i = 0; i < RULES.size(); i++) {
            assertThat(JSON.readTree(lines.get(i)).at("/rule/order").asInt()).isEqualTo(i + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "ndjson"})
    void oneTextOfTenMegabytesIsCutInALittleMemory(String form) throws IOException {
        Files.write(
                folder.resolve("texts"),
                "malformed HTTP response \"\u001b[31m\u202e".repeat(BYTES / 30).getBytes(StandardCharsets.UTF_8));

        Ran ran = classify("-Xmx64m", "-o", form);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("not_http");
        assertThat(ran.out().chars().filter(c -> c != '\n' && (c < ' ' || c >= 0x7f && c < 0xa0 || c == '\u202e')))
                .isEmpty();
    }

    private Ran classify(String memory, String... options) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$0\" \"$@\" < texts"));
        command.addAll(TocsinProcess.command(
                Stream.concat(Stream.of("classify"), Stream.of(options)).toArray(String[]::new)));
        command.add(command.indexOf("-jar"), memory);
        return Ran.of(folder, command);
    }

    /** Writes all examples again and again, and returns how many texts that are. */
    private static int texts(Path file) throws IOException {
        int texts = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (long bytes = 0; bytes < BYTES; texts++) {
                String example = RULES.get(texts % RULES.size()).example();
                byte[] text = (example.replace("\\nResponse", "\nResponse").replace("\\nmime", "\nmime") + "\0")
                        .getBytes(StandardCharsets.UTF_8);
                out.write(text);
                bytes += text.length;
            }
        }
        return texts;
    }
}
