package dev.tocsin.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A place for a value in a form. */
enum Slot {
    DURATION((cursor, story) -> word(cursor, Span::of, "a duration such as 30s or 1m30s")),
    /** {@code 5s..30s}. */
    DURATIONS((cursor, story) -> word(cursor, Slot::spans, "two durations such as 5s..30s")),
    /** {@code +10m}, {@code -1h}, {@code right}. */
    OFFSET((cursor, story) -> word(cursor, Slot::offset, "by how much it is wrong, such as +10m or -1h, or: right")),
    NUMBER((cursor, story) -> word(cursor, text -> only(text, "[0-9]{1,6}"), "a number")),
    COUNT((cursor, story) -> word(cursor, Range::of, "a number or a range such as 2..5")),
    SHARE((cursor, story) -> word(cursor, text -> only(text, "1|0?\\.[0-9]{1,6}"), "a share such as 0.9")),
    TEXTS((cursor, story) -> texts(cursor)),
    /** A name that need not be known. */
    NAME((cursor, story) -> word(cursor, Optional::of, "a name")),
    NAMES((cursor, story) -> list(cursor, List::of, "a name", List.of())),
    /** {@code 1..12}, or names, or both. */
    INSTANCES((cursor, story) -> list(cursor, List::of, "instances such as 1..12 or 10.0.0.7:8080", List.of())),
    CLUSTER((cursor, story) -> known(cursor, story.names.clusters(), "a cluster")),
    SOURCE((cursor, story) -> known(cursor, story.names.sources(), "a source")),
    /** Names of sources, or {@code all}. */
    SOURCES((cursor, story) -> sources(cursor, story.names.sources())),
    JOB((cursor, story) -> story.names.job(cursor)),
    /** {@code target checkout/1..6}, {@code job checkout}, {@code host 10.0.0.7}. */
    TARGETS((cursor, story) -> story.names.targets(cursor)),
    /** What an outage is an outage of. */
    SCOPE(Scopes::read),
    SICKNESS((cursor, story) -> known(
                    cursor, Arrays.stream(Sickness.values()).map(Sickness::word).toList(), "one of")
            .map(word -> Sickness.valueOf(word.toUpperCase(Locale.ROOT)))),
    FINDING((cursor, story) -> known(cursor, Words.FINDINGS, "the kind of a finding")),
    HEALTH((cursor, story) -> known(cursor, Words.HEALTHS, "one of")),
    STATE((cursor, story) -> known(cursor, Words.STATES, "one of")),
    /** Any number of facts, each a word and its value. */
    FACTS(Slot::facts);

    private final BiFunction<Cursor, Story, Optional<?>> reader;

    Slot(BiFunction<Cursor, Story, Optional<?>> reader) {
        this.reader = reader;
    }

    /** Reads its value; empty, and the cursor knows why, when the line says something else. */
    Optional<?> read(Cursor cursor, Story story) {
        return reader.apply(cursor, story);
    }

    private static Optional<List<Duration>> spans(String text) {
        String[] ends = text.split("\\.\\.", -1);
        List<Duration> spans =
                Arrays.stream(ends).flatMap(end -> Span.of(end).stream()).toList();
        return spans.size() == 2 && ends.length == 2 ? Optional.of(spans) : Optional.empty();
    }

    private static Optional<Duration> offset(String text) {
        if (text.equals("right")) {
            return Optional.of(Duration.ZERO);
        }
        return text.matches("[+-].+")
                ? Span.of(text.substring(1)).map(span -> text.startsWith("-") ? span.negated() : span)
                : Optional.empty();
    }

    private static Optional<String> only(String text, String form) {
        return text.matches(form) ? Optional.of(text) : Optional.empty();
    }

    private static Optional<List<String>> texts(Cursor cursor) {
        List<String> texts = new ArrayList<>();
        do {
            Token token = cursor.peek();
            if (token == null || !token.quoted()) {
                return cursor.refuse("a text in quotes", List.of());
            }
            texts.add(token.text());
            cursor.skip();
        } while (cursor.take(","));
        return Optional.of(texts);
    }

    private static Optional<List<String>> sources(Cursor cursor, List<String> known) {
        return cursor.take("all")
                ? Optional.of(known)
                : list(
                        cursor,
                        text -> known.contains(text) ? List.of(text) : List.of(),
                        "a source: " + String.join(", ", known) + ", all",
                        known);
    }

    private static Optional<Map<Fact, String>> facts(Cursor cursor, Story story) {
        Map<Fact, String> facts = new EnumMap<>(Fact.class);
        while (true) {
            Token token = cursor.peek();
            Optional<Fact> fact = token == null ? Optional.empty() : Fact.of(token.text());
            if (fact.isEmpty()) {
                cursor.refuse(
                        "a fact", Arrays.stream(Fact.values()).map(Fact::word).toList());
                return Optional.of(facts);
            }
            cursor.skip();
            Optional<String> value = value(fact.get(), cursor, story);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            facts.put(fact.get(), value.get());
        }
    }

    private static Optional<String> value(Fact fact, Cursor cursor, Story story) {
        if (fact.kind == Fact.Kind.NAMES) {
            return list(cursor, story.names::instances, fact.kind.want, List.of())
                    .map(names -> String.join(",", names));
        }
        Token token = cursor.peek();
        String text = token == null ? "" : token.text();
        Optional<String> wrong = token == null ? Optional.of(fact.want()) : fact.refuses(text);
        if (wrong.isPresent()) {
            return cursor.refuse(wrong.get(), fact.words);
        }
        cursor.skip();
        return Optional.of(text);
    }

    /** One of these words. */
    static Optional<String> known(Cursor cursor, List<String> words, String what) {
        Token token = cursor.peek();
        if (token == null || token.quoted() || !words.contains(token.text())) {
            return cursor.refuse(what + ": " + String.join(", ", words), words);
        }
        cursor.skip();
        return Optional.of(token.text());
    }

    private static <T> Optional<T> word(Cursor cursor, Function<String, Optional<T>> reader, String want) {
        Token token = cursor.peek();
        Optional<T> value =
                token == null || token.quoted() || token.is(",") ? Optional.empty() : reader.apply(token.text());
        if (value.isEmpty()) {
            return cursor.refuse(want, List.of());
        }
        cursor.skip();
        return value;
    }

    /** Names with commas between them. @param reader what a name stands for; nothing when it is not to be had */
    private static Optional<List<String>> list(
            Cursor cursor, Function<String, List<String>> reader, String want, List<String> known) {
        List<String> all = new ArrayList<>();
        do {
            Token token = cursor.peek();
            List<String> some =
                    token == null || token.quoted() || token.is(",") ? List.of() : reader.apply(token.text());
            if (some.isEmpty()) {
                return cursor.refuse(want, known);
            }
            all.addAll(some);
            cursor.skip();
        } while (cursor.take(","));
        return Optional.of(all.stream().distinct().toList());
    }
}
