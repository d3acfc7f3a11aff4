package dev.tocsin.source;

import dev.tocsin.health.SourceState.Why;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The frame of every answer of the API: {@code {"status": "success" | "error", "data", "errorType", "error"}}. */
final class Envelope {
    private static final int TYPE_MAX = 64;
    private static final int MESSAGE_MAX = 200;

    private Envelope() {}

    /** The data of a success. */
    static @Nullable Object data(Map<String, @Nullable Object> root, String path) throws AnswerRefused {
        Object status = root.get("status");
        if ("error".equals(status)) {
            throw error(path, text(root.get("errorType")), text(root.get("error")));
        }
        if (!"success".equals(status)) {
            throw noStatus(path);
        }
        return root.get("data");
    }

    static AnswerRefused error(String path, @Nullable String type, @Nullable String message) {
        return new AnswerRefused(Why.API_ERROR, path + ": " + errorText(type, message));
    }

    /** "execution: query timed out", hostile parts made short and harmless. */
    static String errorText(@Nullable String type, @Nullable String message) {
        String kind = type == null ? "error" : CleanText.of(type, TYPE_MAX);
        return kind + ": "
                + (message == null ? "no message" : UrlRedactor.redactText(CleanText.of(message, MESSAGE_MAX)));
    }

    static AnswerRefused noStatus(String path) {
        return new AnswerRefused(Why.MALFORMED, path + ": wanted status \"success\" or \"error\"; not a Prometheus?");
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }
}
