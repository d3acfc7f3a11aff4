package dev.tocsin.sim;

import java.util.Map;

/** What a simulated server does when it is asked. Immutable. */
sealed interface Reply {
    /** It answers. @param headers beside type, length and date */
    record Answer(int status, String type, String body, Map<String, String> headers) implements Reply {}

    /** It says nothing for now; ask it again later. */
    record NotYet() implements Reply {}

    /** The connection ends without an answer. */
    record Closed() implements Reply {}

    static Answer json(String body) {
        return new Answer(200, "application/json", body, Map.of());
    }

    static Answer text(int status, String body) {
        return new Answer(status, "text/plain; charset=utf-8", body, Map.of());
    }
}
