package dev.tocsin.source;

import java.util.List;

/**
 * What an instant query gave. Immutable.
 *
 * @param samples as many as are kept
 * @param total how many there were
 */
public record QueryResult(List<Sample> samples, int total) {
    public QueryResult {
        samples = List.copyOf(samples);
    }
}
