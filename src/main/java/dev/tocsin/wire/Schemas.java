package dev.tocsin.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The JSON Schemas (2020-12) of the records and of what commands print, as they ship in the jar. */
public final class Schemas {
    /**
     * {@code health outage finding watermark} describe the {@code data}; {@code event} the envelope around it; the others
     * what a command prints.
     */
    public static final List<String> NAMES =
            List.of("health", "outage", "finding", "watermark", "event", "classification", "triage");

    private Schemas() {}

    /** The text of the schema with that name; empty when there is none. */
    public static Optional<String> named(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        try (InputStream text = Schemas.class.getResourceAsStream(name + ".v1.json")) {
            if (text == null) {
                throw new IllegalStateException("the jar has no dev/tocsin/wire/" + name + ".v1.json");
            }
            return Optional.of(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
