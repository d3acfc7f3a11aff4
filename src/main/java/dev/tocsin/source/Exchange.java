package dev.tocsin.source;

import dev.tocsin.health.SourceState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one request to a source ended, as the edge saw it. Immutable. */
public sealed interface Exchange<T> {
    /**
     * A 200 whose body was decoded whole.
     *
     * @param date the {@code Date} header; null when absent or unreadable
     */
    record Answered<T>(T body, @Nullable Instant date) implements Exchange<T> {}

    /**
     * An HTTP status other than 200.
     *
     * @param stopping the header {@code X-Prometheus-Stopping} is {@code true}
     * @param retryAfter null when absent or absurd
     * @param bodyStart up to 1 KiB of the body, as text
     * @param location the {@code Location} header as it came; null when absent
     */
    record Refused<T>(
            int status,
            boolean stopping,
            @Nullable Duration retryAfter,
            String contentType,
            String bodyStart,
            @Nullable String location)
            implements Exchange<T> {

        public Refused(
                int status, boolean stopping, @Nullable Duration retryAfter, String contentType, String bodyStart) {
            this(status, stopping, retryAfter, contentType, bodyStart, null);
        }
    }

    /**
     * No answer, or none we can use.
     *
     * @param detail for people; redacted and short
     */
    record Failed<T>(SourceState.Why why, String detail) implements Exchange<T> {}
}
