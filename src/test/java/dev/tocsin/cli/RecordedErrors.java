package dev.tocsin.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The error texts in the recorded answers of real servers. */
final class RecordedErrors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordedErrors() {}

    /** Each once, without those that say nothing. */
    static Set<String> texts() {
        Set<String> texts = new TreeSet<>();
        for (String folder : new String[] {"prometheus-2.42", "prometheus-3"}) {
            try (Stream<Path> files = Files.list(Path.of("src/test/resources", folder))) {
                files.filter(file -> file.toString().endsWith(".json")).forEach(file -> texts.addAll(of(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        texts.remove("");
        return texts;
    }

    private static Set<String> of(Path file) {
        try {
            return new TreeSet<>(JSON.readTree(file.toFile()).findValuesAsText("lastError"));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return Set.of(); // an answer that is no JSON, or cut
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
