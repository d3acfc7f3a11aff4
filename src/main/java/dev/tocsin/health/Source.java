package dev.tocsin.health;

/**
 * One polled server, a vantage point. Immutable.
 *
 * @param name unique among the sources of a node
 * @param cluster the world it is a view of; sources of one cluster see the same targets
 */
public record Source(String name, String cluster, SourceKind kind) {
    public Source {
        if (name.isEmpty() || cluster.isEmpty()) {
            throw new IllegalArgumentException(
                    "a source needs a name and a cluster: \"" + name + "\", \"" + cluster + "\"");
        }
    }
}
