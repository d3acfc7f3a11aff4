package dev.tocsin.join;

import java.util.Comparator;

/**
 * A server and a target that are one endpoint. Immutable.
 *
 * @param named whether the server's host is a name: it may stand for many instances
 */
public record Pair(Member server, Member target, boolean named) {
    static final Comparator<Pair> ORDER = Comparator.comparing(Pair::server, Member.ORDER)
            .thenComparing(Pair::target, Member.ORDER)
            .thenComparing(Pair::named);
}
