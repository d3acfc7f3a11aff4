package dev.tocsin.health;

import java.util.Optional;

/** An enum whose constants have a lower_snake_case name outside of Java: in records, configuration and text. */
public interface Named {
    String name();

    /** The name in records, as {@code scrape_overdue}. */
    default String text() {
        return NamedTexts.of(this);
    }

    /** The constant with that {@link #text()}; empty when there is none. */
    static <E extends Enum<E> & Named> Optional<E> of(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.text().equals(text)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
