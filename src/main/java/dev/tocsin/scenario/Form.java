package dev.tocsin.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One form of a line: words as they stand, {@code a|b} for one of several, capitals for a {@link Slot}, brackets around
 * what may be left out. Immutable.
 */
final class Form {
    /** A part of a form. */
    private sealed interface Part {
        /** Reads it, adding its values; false when the line says something else. */
        boolean read(Cursor cursor, Story story, List<Object> values);
    }

    private record Word(List<String> options, boolean valued) implements Part {
        @Override
        public boolean read(Cursor cursor, Story story, List<Object> values) {
            for (String option : options) {
                if (cursor.take(option)) {
                    if (valued) {
                        values.add(option);
                    }
                    return true;
                }
            }
            cursor.refuse(String.join(", ", options), options);
            return false;
        }
    }

    private record Value(Slot slot) implements Part {
        @Override
        public boolean read(Cursor cursor, Story story, List<Object> values) {
            Optional<?> value = slot.read(cursor, story);
            value.ifPresent(values::add);
            return value.isPresent();
        }
    }

    /* What begins with its first word must go on with the rest of it. */
    private record Maybe(List<Part> parts) implements Part {
        @Override
        public boolean read(Cursor cursor, Story story, List<Object> values) {
            List<Object> own = new ArrayList<>();
            if (!parts.get(0).read(cursor, story, own)) {
                values.add(Optional.empty());
                return true;
            }
            boolean rest = parts.stream().skip(1).allMatch(part -> part.read(cursor, story, own));
            values.add(own.size() == 1 ? Optional.of(own.get(0)) : Optional.of(own));
            return rest;
        }
    }

    final String pattern;
    private final List<Part> parts = new ArrayList<>();
    private final BiConsumer<Args, Story> effect;

    Form(String pattern, BiConsumer<Args, Story> effect) {
        this.pattern = pattern;
        this.effect = effect;
        List<Part> group = new ArrayList<>();
        boolean inside = false;
        for (String word : pattern.replace("[", "[ ").replace("]", " ]").split(" ")) {
            if (word.equals("[")) {
                inside = true;
            } else if (word.equals("]")) {
                inside = false;
                parts.add(new Maybe(valued(group)));
                group.clear();
            } else {
                (inside ? group : parts).add(part(word));
            }
        }
    }

    /* A word alone that may be left out is a value: that it is there. */
    private static List<Part> valued(List<Part> group) {
        return group.size() == 1 && group.get(0) instanceof Word word
                ? List.of(new Word(word.options(), true))
                : List.copyOf(group);
    }

    private static Part part(String word) {
        if (word.equals(word.toUpperCase(java.util.Locale.ROOT)) && Character.isLetter(word.charAt(0))) {
            return new Value(Slot.valueOf(word));
        }
        List<String> options = Arrays.asList(word.split("\\|"));
        return new Word(options, options.size() > 1);
    }

    /** The values of a line of this form; empty when it is not of this form. */
    Optional<Args> read(Cursor cursor, Story story) {
        List<Object> values = new ArrayList<>();
        return parts.stream().allMatch(part -> part.read(cursor, story, values))
                ? Optional.of(new Args(values))
                : Optional.empty();
    }

    void take(Args args, Story story) {
        effect.accept(args, story);
    }
}
