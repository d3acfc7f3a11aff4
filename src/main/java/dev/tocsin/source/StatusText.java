package dev.tocsin.source;

import dev.tocsin.health.SourceState.Why;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an HTTP status other than 200 means, with a word for people. Stateless. */
final class StatusText {
    private static final int ENVELOPE_BYTES_MAX = 8 << 10;
    private static final int HOST_MAX = 120;

    private StatusText() {}

    /** The refusal as a failure that names why. */
    static Exchange.Failed<Object> of(Exchange.Refused<?> refused) {
        return of(refused, "no Prometheus API at this place, wrong base path?");
    }

    /** @param absent what it may mean that there is no such page */
    static Exchange.Failed<Object> of(Exchange.Refused<?> refused, String absent) {
        int status = refused.status();
        if (status == 401 || status == 403) {
            return failed(Why.AUTH, status, "it does not accept our credentials");
        }
        if (status == 407) {
            return failed(Why.AUTH, status, "the proxy does not accept our credentials");
        }
        if (status >= 300 && status < 400) {
            return failed(Why.REDIRECT, status, "redirects to " + host(refused.location()) + ", not followed");
        }
        String error = apiError(refused.bodyStart());
        if (error != null) {
            return new Exchange.Failed<>(Why.API_ERROR, "HTTP " + status + ", " + error);
        }
        return failed(Why.HTTP_STATUS, status, hint(refused, absent));
    }

    private static Exchange.Failed<Object> failed(Why why, int status, String hint) {
        return new Exchange.Failed<>(why, "HTTP " + status + ": " + hint);
    }

    private static String hint(Exchange.Refused<?> refused, String absent) {
        int status = refused.status();
        if (status == 404 || status == 405 || status == 415) {
            return absent;
        }
        if (status == 429) {
            Duration after = refused.retryAfter();
            return "it is asked too often" + (after == null ? "" : ", wants a pause of " + after.toSeconds() + " s");
        }
        if (status == 503) {
            return "unavailable, but not because it is starting; a proxy before it?";
        }
        boolean html = refused.bodyStart().stripLeading().startsWith("<")
                || refused.contentType().toLowerCase(Locale.ROOT).startsWith("text/html");
        String page = html ? ", with an HTML page: a proxy before it?" : "";
        return (status >= 500 ? "it or a proxy before it failed" : "wanted 200") + page;
    }

    /** The host of a redirect and nothing else of it: paths and queries of login pages carry tokens. */
    private static String host(@Nullable String location) {
        if (location == null) {
            return "nowhere (no Location)";
        }
        String host = UrlRedactor.hostPort(location);
        if (!host.isEmpty()) {
            return CleanText.of(host, HOST_MAX);
        }
        return location.startsWith("/") ? "another path of the same host" : "a place that has no host";
    }

    /** The API's own error, where the body is one: {@code {"status":"error","errorType":..,"error":..}}. */
    private static @Nullable String apiError(String bodyStart) {
        if (!bodyStart.stripLeading().startsWith("{")) {
            return null;
        }
        try {
            byte[] bytes = bodyStart.getBytes(StandardCharsets.UTF_8);
            BodyDecoder<Map<String, Object>> decoder = new SmallAnswer<>("error", ENVELOPE_BYTES_MAX, data -> Map.of());
            decoder.feed(bytes, 0, bytes.length);
            decoder.finish();
            return null;
        } catch (AnswerRefused e) {
            return e.why() == Why.API_ERROR ? e.getMessage() : null;
        }
    }
}
