package dev.tocsin.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says over a file. Immutable.
 *
 * @param prometheus URLs of servers; with those of {@code traefik} they stand in place of the file's sources, and none of
 *     both leaves those
 * @param traefik URLs of the APIs of Traefik instances
 * @param data folder of the log in place of the file's; null leaves that
 * @param kafka {@code none}, {@code embedded} or brokers, in place of those of the file; null leaves those
 */
public record Overrides(
        List<String> prometheus,
        List<String> traefik,
        @Nullable Path data,
        @Nullable String kafka) {
    public static final Overrides NONE = new Overrides(List.of(), List.of(), null, null);
    public static final String NO_KAFKA = "none";
    public static final String EMBEDDED_KAFKA = "embedded";

    boolean namesSources() {
        return !prometheus.isEmpty() || !traefik.isEmpty();
    }
}
