package dev.tocsin.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A place for a value in a form. */
enum Slot {
    DURATION {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return word(cursor, Span::of, "a duration such as 30s or 1m30s");
        }
    },
    /** {@code 5s..30s}. */
    DURATIONS {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return word(
                    cursor,
                    text -> {
                        String[] ends = text.split("\\.\\.", -1);
                        List<Duration> spans = Arrays.stream(ends)
                                .flatMap(end -> Span.of(end).stream())
                                .toList();
                        return spans.size() == 2 && ends.length == 2 ? Optional.of(spans) : Optional.empty();
                    },
                    "two durations such as 5s..30s");
        }
    },
    /** {@code +10m}, {@code -1h}, {@code right}. */
    OFFSET {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return word(
                    cursor,
                    text -> text.equals("right")
                            ? Optional.of(Duration.ZERO)
                            : Span.of(text.substring(Math.min(1, text.length())))
                                    .filter(span -> text.matches("[+-].*"))
                                    .map(span -> text.startsWith("-") ? span.negated() : span),
                    "by how much it is wrong, such as +10m or -1h, or: right");
        }
    },
    NUMBER {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return word(cursor, text -> text.matches("[0-9]{1,6}") ? Optional.of(text) : Optional.empty(), "a number");
        }
    },
    COUNT {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return word(cursor, Range::of, "a number or a range such as 2..5");
        }
    },
    SHARE {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return word(
                    cursor,
                    text -> text.matches("1|0?\\.[0-9]{1,6}") ? Optional.of(text) : Optional.empty(),
                    "a share such as 0.9");
        }
    },
    TEXTS {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
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
    },
    /** A name that need not be known. */
    NAME {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return word(cursor, Optional::of, "a name");
        }
    },
    NAMES {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return list(cursor, text -> Optional.of(List.of(text)), "a name", List.of());
        }
    },
    /** {@code 1..12}, or names, or both. */
    INSTANCES {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return list(
                    cursor, text -> Optional.of(List.of(text)), "instances such as 1..12 or 10.0.0.7:8080", List.of());
        }
    },
    CLUSTER {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return known(cursor, story.names.clusters(), "a cluster");
        }
    },
    SOURCE {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return known(cursor, story.names.sources(), "a source");
        }
    },
    /** Names of sources, or {@code all}. */
    SOURCES {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            List<String> known = story.names.sources();
            if (cursor.take("all")) {
                return Optional.of(known);
            }
            return list(
                    cursor,
                    text -> known.contains(text) ? Optional.of(List.of(text)) : Optional.empty(),
                    "a source: " + String.join(", ", known) + ", all",
                    known);
        }
    },
    JOB {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return story.names.job(cursor);
        }
    },
    /** Targets: {@code target checkout/1..6}, {@code job checkout}, {@code host 10.0.0.7}. */
    TARGETS {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return story.names.targets(cursor);
        }
    },
    /** What an outage is an outage of. */
    SCOPE {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return Scopes.read(cursor, story);
        }
    },
    SICKNESS {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            List<String> words =
                    Arrays.stream(Sickness.values()).map(Sickness::word).toList();
            return known(cursor, words, "one of").map(word -> Sickness.valueOf(word.toUpperCase(Locale.ROOT)));
        }
    },
    FINDING {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return known(cursor, Words.FINDINGS, "the kind of a finding");
        }
    },
    HEALTH {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return known(cursor, Words.HEALTHS, "one of");
        }
    },
    STATE {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            return known(cursor, Words.STATES, "one of");
        }
    },
    /** Any number of facts, each a word and its value. */
    FACTS {
        @Override
        Optional<?> read(Cursor cursor, Story story) {
            Map<Fact, String> facts = new EnumMap<>(Fact.class);
            while (true) {
                Token token = cursor.peek();
                Optional<Fact> fact = token == null ? Optional.empty() : Fact.of(token.text());
                if (fact.isEmpty()) {
                    cursor.refuse(
                            "a fact",
                            Arrays.stream(Fact.values()).map(Fact::word).toList());
                    return Optional.of(facts);
                }
                cursor.skip();
                Optional<String> value = value(fact.get(), cursor, story);
                if (value.isEmpty()) {
                    return value;
                }
                facts.put(fact.get(), value.get());
            }
        }
    };

    /** Reads its value; empty, and the cursor knows why, when the line says something else. */
    abstract Optional<?> read(Cursor cursor, Story story);

    private static Optional<String> value(Fact fact, Cursor cursor, Story story) {
        if (fact.kind == Fact.Kind.NAMES) {
            return list(cursor, text -> Optional.of(story.names.instances(text)), fact.kind.want, List.of())
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
        Optional<T> value = token == null || token.quoted() ? Optional.empty() : reader.apply(token.text());
        if (value.isEmpty()) {
            return cursor.refuse(want, List.of());
        }
        cursor.skip();
        return value;
    }

    /** Names with commas between them. */
    static <T> Optional<List<T>> list(
            Cursor cursor, Function<String, Optional<List<T>>> reader, String want, List<String> known) {
        List<T> all = new ArrayList<>();
        do {
            Token token = cursor.peek();
            Optional<List<T>> some =
                    token == null || token.quoted() || token.is(",") ? Optional.empty() : reader.apply(token.text());
            if (some.isEmpty()) {
                return cursor.refuse(want, known);
            }
            all.addAll(some.get());
            cursor.skip();
        } while (cursor.take(","));
        return Optional.of(all.stream().distinct().collect(Collectors.toList()));
    }
}
