package dev.tocsin.cli;

import dev.tocsin.scenario.Mistake;
import dev.tocsin.scenario.Place;
import dev.tocsin.scenario.Scenario;
import dev.tocsin.scenario.ScenarioReader;
import dev.tocsin.sim.Unplayable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A story from a file, or the one that ships. Immutable. @param scenario empty when there are mistakes */
record StoryFile(Optional<Scenario> scenario, List<Mistake> mistakes) {
    private static final String BUILT_IN = "/dev/tocsin/sim/demo.scenario";
    private static final int BYTES_MAX = 1 << 20; // 10,000 lines of 100 characters

    /** @param file null for the story that ships */
    static StoryFile read(@Nullable Path file) {
        String name = file == null ? "demo.scenario" : Printable.of(file.toString(), 4096);
        String text;
        try {
            text = file == null ? builtIn() : text(file);
        } catch (IOException e) {
            return new StoryFile(Optional.empty(), List.of(new Mistake(new Place(name, 1, 1), why(e), "a story")));
        }
        ScenarioReader.Read read = ScenarioReader.read(name, text);
        List<Mistake> unplayable = read.scenario().map(Unplayable::in).orElse(List.of());
        return unplayable.isEmpty()
                ? new StoryFile(read.scenario(), read.mistakes())
                : new StoryFile(Optional.empty(), unplayable);
    }

    private static String text(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("a folder");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new IOException("more than " + BYTES_MAX + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    private static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        } else if (e instanceof CharacterCodingException) {
            return "bytes that are no UTF-8";
        }
        return String.valueOf(e.getMessage());
    }

    private static String builtIn() {
        try (InputStream in = Objects.requireNonNull(StoryFile.class.getResourceAsStream(BUILT_IN))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
