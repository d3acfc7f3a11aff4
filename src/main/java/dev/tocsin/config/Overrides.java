package dev.tocsin.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says over a file. Immutable.
 *
 * @param prometheus URLs that stand in place of the file's sources; empty leaves those
 * @param data folder of the log in place of the file's; null leaves that
 * @param kafka {@code none}, {@code embedded} or brokers, in place of those of the file; null leaves those
 */
public record Overrides(
        List<String> prometheus,
        @Nullable Path data,
        @Nullable String kafka) {
    public static final Overrides NONE = new Overrides(List.of(), null, null);
    public static final String NO_KAFKA = "none";
    public static final String EMBEDDED_KAFKA = "embedded";
}
