package dev.tocsin.e2e;

import java.util.Random;

/** Where the chance of a test comes from: printed, and played again with {@code -Dtocsin.seed=...}. */
final class Seed {
    private static final String PROPERTY = "tocsin.seed";

    private Seed() {}

    static Random of(Class<?> test) {
        long seed = Long.getLong(PROPERTY, System.nanoTime());
        System.err.println(test.getSimpleName() + ": -D" + PROPERTY + "=" + seed);
        return new Random(seed);
    }
}
