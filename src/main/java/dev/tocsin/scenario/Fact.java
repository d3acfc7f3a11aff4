package dev.tocsin.scenario;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a record says beside its subject and its state. */
public enum Fact {
    VERDICT(Kind.WORD, Words.VERDICTS),
    REASON(Kind.WORD, Words.REASONS),
    VERSION(Kind.NUMBER),
    /** Sub-cause of the dominant cause. */
    CAUSE(Kind.WORD),
    FAMILY(Kind.WORD, Words.FAMILIES),
    LOCUS(Kind.WORD, Words.LOCI),
    EXPECTED(Kind.NUMBER),
    UP(Kind.NUMBER),
    DOWN(Kind.NUMBER),
    UNKNOWN(Kind.NUMBER),
    GONE(Kind.NUMBER),
    DISAGREEING(Kind.NUMBER),
    SHARE(Kind.NUMBER),
    /** Names of the instances that are down. */
    MEMBERS(Kind.NAMES),
    JOINED(Kind.NAMES),
    LEFT(Kind.NAMES),
    SOLE(Kind.WORD, Words.YES_NO),
    FLAPPING(Kind.WORD, Words.YES_NO),
    /** The outage of which it is a part, by its subject without the kind; {@code none}. */
    PARENT(Kind.WORD),
    SUPPRESSED_BY(Kind.WORD),
    SIGHTED(Kind.NAMES),
    BLIND(Kind.NAMES),
    /** First evidence. */
    STARTED(Kind.TIMES),
    /** Its end. */
    ENDED(Kind.TIMES),
    /** When it was last known to stand, where nobody saw its end. */
    ENDED_AFTER(Kind.TIMES),
    /** When it was first known to be over, where nobody saw its end. */
    ENDED_BEFORE(Kind.TIMES),
    WHY(Kind.WORD, Words.WHYS),
    /** The source that found it, or the cluster. */
    FROM(Kind.WORD),
    DETAIL(Kind.TEXT);

    /** How a value is written and compared. */
    enum Kind {
        WORD("a word"),
        NUMBER("a number or a range, such as 3 or 2..5"),
        NAMES("names with commas between them, or none"),
        TIMES("a time or two, such as 1m or 1m..1m16s"),
        TEXT("a part of the text, in quotes");

        final String want;

        Kind(String want) {
            this.want = want;
        }
    }

    final Kind kind;

    /** The words it may have; any when there are none. */
    final List<String> words;

    Fact(Kind kind) {
        this(kind, List.of());
    }

    Fact(Kind kind, List<String> words) {
        this.kind = kind;
        this.words = words;
    }

    /** As it is written: {@code suppressed_by}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Fact> of(String word) {
        return Arrays.stream(values()).filter(fact -> fact.word().equals(word)).findFirst();
    }

    String want() {
        return words.isEmpty() ? kind.want : String.join(", ", words);
    }

    /** What is the matter with a wanted value; empty when nothing is. */
    Optional<String> refuses(String wanted) {
        boolean fine =
                switch (kind) {
                    case WORD -> words.isEmpty() || words.contains(wanted);
                    case NUMBER -> Range.of(wanted).isPresent();
                    case TIMES -> times(wanted).isPresent();
                    case NAMES, TEXT -> true;
                };
        return fine ? Optional.empty() : Optional.of(want());
    }

    /** Whether a told value is as wanted. */
    boolean matches(String wanted, String told) {
        return switch (kind) {
            case WORD -> told.equals(wanted);
            case NUMBER -> !told.isEmpty() && Range.of(wanted).orElseThrow().holds(Double.parseDouble(told));
            case NAMES -> names(told).equals(names(wanted));
            case TIMES -> within(times(wanted).orElseThrow(), told);
            case TEXT -> told.contains(wanted);
        };
    }

    private static Set<String> names(String text) {
        return text.isEmpty() || text.equals("none") ? Set.of() : new HashSet<>(Arrays.asList(text.split(",")));
    }

    private static Optional<List<Duration>> times(String text) {
        String[] parts = text.split("\\.\\.", 2);
        Optional<Duration> from = Span.of(parts[0]);
        Optional<Duration> to = Span.of(parts[parts.length - 1]);
        return from.isPresent() && to.isPresent() ? Optional.of(List.of(from.get(), to.get())) : Optional.empty();
    }

    private static boolean within(List<Duration> wanted, String told) {
        return Span.of(told)
                .map(time -> time.compareTo(wanted.get(0)) >= 0 && time.compareTo(wanted.get(1)) <= 0)
                .orElse(false);
    }
}
