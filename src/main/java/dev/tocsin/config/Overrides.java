package dev.tocsin.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says over a file. Immutable.
 *
 * @param prometheus URLs that stand in place of the file's sources; empty leaves those
 * @param data folder of the log in place of the file's; null leaves that
 */
public record Overrides(List<String> prometheus, @Nullable Path data) {
    public static final Overrides NONE = new Overrides(List.of(), null);
}
