package dev.tocsin.poll;

import dev.tocsin.source.BodyDecoder;
import java.time.Duration;

/**
 * One GET. Immutable, but its decoder serves once.
 *
 * @param path below the base URL of the source, with its query
 * @param deadline absolute: from name resolution to the last byte of the body
 * @param bytesMax of the body, after inflation
 */
record Question<T>(String path, BodyDecoder<T> decoder, Duration deadline, long bytesMax) {
    private static final int SHOWN_MAX = 200;

    Question {
        if (deadline.isNegative() || deadline.isZero() || bytesMax <= 0) {
            throw new IllegalArgumentException(
                    path + ": a question needs time and room, not " + deadline + " and " + bytesMax + " bytes");
        }
    }

    /** The path for people, short: names of pools are not ours, and a query is no text to read. */
    String shown() {
        String shown = path.startsWith("/api/v1/query?") ? "/api/v1/query" : path;
        return shown.length() <= SHOWN_MAX ? shown : shown.substring(0, SHOWN_MAX) + "...";
    }
}
