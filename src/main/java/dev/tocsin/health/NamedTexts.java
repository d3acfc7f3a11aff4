package dev.tocsin.health;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The texts of named constants, made once: a record has a dozen of them. Thread-safe: a {@link ClassValue} is. */
final class NamedTexts {
    private static final ClassValue<List<String>> TEXTS = new ClassValue<>() {
        @Override
        protected List<String> computeValue(Class<?> type) {
            return Stream.of(type.getEnumConstants())
                    .map(constant -> ((Named) constant).name().toLowerCase(Locale.ROOT))
                    .toList();
        }
    };

    private NamedTexts() {}

    static String of(Named constant) {
        Enum<?> of = (Enum<?>) constant;
        return TEXTS.get(of.getDeclaringClass()).get(of.ordinal());
    }
}
