package dev.tocsin.health;

import java.util.Map;
import java.util.stream.Stream;

/** The identity of a target: (source, pool, redacted url, the source's own labels). */
public final class TargetIds {
    private TargetIds() {}

    /**
     * The id, {@code <source>:<32 hex>}.
     *
     * @param labels as the source says them, without external labels: an operator who edits those must not make every
     *     target a new one
     */
    public static String of(String source, String pool, String url, Map<String, String> labels) {
        String[] parts = Stream.concat(Stream.of(pool, url), Stream.of(Fingerprint.flat(labels)))
                .toArray(String[]::new);
        return source + ":" + Fingerprint.of(parts);
    }
}
