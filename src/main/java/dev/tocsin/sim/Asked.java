package dev.tocsin.sim;

import java.util.Map;

/** A GET of a simulated server. Immutable. @param parameters of the query, the first of each name */
record Asked(String path, Map<String, String> parameters) {
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
