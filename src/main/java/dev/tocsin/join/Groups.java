package dev.tocsin.join;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Targets by something that they have in common. Most are alone there, and cost no table each. Confined: its index. */
final class Groups<K> {
    private final Map<K, Set<Known>> byKey = new HashMap<>();

    /** Adds; true when it is the first with that key. */
    boolean add(K key, Known known) {
        Set<Known> before = byKey.get(key);
        if (before == null) {
            byKey.put(key, Set.of(known));
        } else if (before instanceof HashSet<Known> many) {
            many.add(known);
        } else {
            Set<Known> many = new HashSet<>(before);
            many.add(known);
            byKey.put(key, many);
        }
        return before == null;
    }

    /** Removes; true when none is left with that key. */
    boolean remove(K key, Known known) {
        Set<Known> before = byKey.getOrDefault(key, Set.of());
        if (before instanceof HashSet<Known> many) {
            many.remove(known);
            if (!many.isEmpty()) {
                return false;
            }
        } else if (!before.contains(known)) {
            return false;
        }
        byKey.remove(key);
        return true;
    }

    Set<Known> of(K key) {
        return byKey.getOrDefault(key, Set.of());
    }

    Set<K> keys() {
        return byKey.keySet();
    }
}
