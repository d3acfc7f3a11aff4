package dev.tocsin.source;

import java.util.List;

/**
 * How a service without servers of its own leads its clients to other services. Immutable.
 *
 * @param dropsTheDead whether it has a {@code healthCheck}: then a child that is down is out of the rotation, else it keeps
 *     its share
 * @param children that can be led to, no two of one name; of a failover the main one first, of mirroring the main one
 *     alone: what a mirror answers reaches nobody
 */
public record Composition(Form form, boolean dropsTheDead, List<Child> children) {
    public Composition {
        children = List.copyOf(children);
    }

    /** How it chooses among its children. */
    public enum Form {
        /** By turns. */
        WEIGHTED,
        /** By the client's address: a client stays where it is, and its share of the clients is as its weight. */
        HIGHEST_RANDOM_WEIGHT,
        MIRRORING,
        FAILOVER
    }

    /**
     * A service that is led to.
     *
     * @param name qualified
     * @param weight above 0: a child without weight gets nothing, and is none
     */
    public record Child(String name, int weight) {}

    long weights() {
        return children.stream().mapToLong(Child::weight).sum();
    }
}
