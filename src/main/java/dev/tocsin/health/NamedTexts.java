package dev.tocsin.health;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The texts of named constants, each made once: a record has a dozen. Thread-safe: a concurrent map, of constants. */
final class NamedTexts {
    private static final Map<Named, String> TEXTS = new ConcurrentHashMap<>();

    private NamedTexts() {}

    static String of(Named constant) {
        String known = TEXTS.get(constant);
        return known == null ? TEXTS.computeIfAbsent(constant, any -> any.name().toLowerCase(Locale.ROOT)) : known;
    }
}
