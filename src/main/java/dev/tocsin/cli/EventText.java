package dev.tocsin.cli;

import dev.tocsin.bus.Told;
import dev.tocsin.health.Finding;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Watermark;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Records as lines for a person: when, a word, what, why, what to do, id. Immutable; pure. */
final class EventText {
    private static final int TEXT_MAX = 300;

    private final DateTimeFormatter time;
    private static final int WORD = 9; // after the time and a space
    private static final int INDENT = 18; // and after the word and a space

    private final boolean colour;
    private final int width;

    /** @param colour whether the word is coloured @param width columns; {@link Output#UNWRAPPED} for one line */
    EventText(ZoneId zone, boolean colour, int width) {
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
        this.colour = colour;
        this.width = width;
    }

    /** The line or lines, without the last line end; empty for what says nothing to a person. */
    Optional<String> line(Told told) {
        if (told instanceof Told.OfOutage of) {
            return Optional.of(
                    line(of.outage().changedAt(), OutageText.word(of.outage()), OutageText.text(of.outage(), time)));
        }
        if (told instanceof Told.OfFinding of) {
            return Optional.of(
                    line(of.finding().since(), of.finding().open() ? Word.FINDING : Word.CLEARED, text(of.finding())));
        }
        if (told instanceof Told.OfHealth of) {
            return Optional.of(
                    line(of.delta().evidence().polledAt(), word(of.delta().to().health()), text(of.delta())));
        }
        if (told instanceof Told.OfWatermark of) {
            return Optional.of(line(of.watermark().observedUntil(), Word.MARK, text(of.watermark())));
        }
        return Optional.empty();
    }

    private String line(Instant at, Word word, Parts text) {
        String padded = String.format("%-8s", word);
        String when = at.equals(Instant.EPOCH) ? "--:--:--" : time.format(at); // a source that was never seen through
        String plain = when + " " + padded + " ";
        String lines = width == Output.UNWRAPPED ? plain + text : String.join("\n", text.lines(plain, width, INDENT));
        return colour
                ? lines.substring(0, WORD) + word.ansi() + padded + "\u001b[0m" + lines.substring(INDENT - 1)
                : lines;
    }

    /* What was the matter is no news at its end, and would read as if it still were. */
    private static Parts text(Finding finding) {
        Parts parts = new Parts().add(Words.of(finding.kind()) + about(finding));
        if (finding.open()) {
            parts.add(Printable.of(finding.detail(), TEXT_MAX)).add(Printable.of(finding.remedy(), TEXT_MAX));
        }
        return parts.add(Printable.of(finding.key(), TEXT_MAX));
    }

    private static String about(Finding finding) {
        String subject = new TreeMap<>(finding.subject())
                .entrySet().stream()
                        .filter(entry -> !entry.getKey().equals("sourceKind"))
                        .map(EventText::pair)
                        .collect(Collectors.joining(", "));
        String where = Printable.of(finding.source(), TEXT_MAX);
        if (subject.isEmpty() || subject.equals("source " + where)) {
            return " on " + where;
        }
        return ": " + subject + (finding.kind().ofCluster() ? " in " : " on ") + where;
    }

    private static String pair(Map.Entry<String, String> entry) {
        return Printable.of(entry.getKey(), 60) + " " + Printable.of(entry.getValue(), 100);
    }

    private static Parts text(HealthDelta delta) {
        Health health = delta.to().health();
        Parts parts = new Parts()
                .add(Printable.of(delta.target().instance(), TEXT_MAX) + " of "
                        + Printable.of(delta.target().job(), TEXT_MAX) + " in "
                        + Printable.of(delta.target().source().cluster(), TEXT_MAX) + ", says "
                        + Printable.of(delta.target().source().name(), TEXT_MAX));
        if (health instanceof Health.Down down) {
            parts.add(Words.cause(down.cause().kind()))
                    .add(Printable.of(down.cause().detail(), TEXT_MAX))
                    .add(Printable.of(down.cause().remedy(), TEXT_MAX));
        } else if (health instanceof Health.Unknown unknown) {
            parts.add(Words.of(unknown.why()));
        } else if (health instanceof Health.Gone gone) {
            parts.add(Words.of(gone.why())).add(Printable.of(gone.detail(), TEXT_MAX));
        }
        return parts.add(Printable.of(delta.target().id(), TEXT_MAX));
    }

    private static Parts text(Watermark mark) {
        return new Parts()
                .add(Printable.of(mark.source().name(), TEXT_MAX) + " " + Words.of(mark.state()))
                .add(mark.targets() + (mark.targets() == 1 ? " target, " : " targets, ") + mark.down() + " down, "
                        + mark.unknown() + " unknown");
    }

    private static Word word(Health health) {
        if (health instanceof Health.Up) {
            return Word.UP;
        }
        if (health instanceof Health.Down) {
            return Word.DOWN;
        }
        return health instanceof Health.Gone ? Word.GONE : Word.UNKNOWN;
    }

    /** The word that says what happened, and its colour. */
    enum Word {
        OPENED("31;1"),
        CHANGED("33"),
        RESOLVED("32"),
        CLOSED("32"),
        FINDING("33"),
        CLEARED("32"),
        DOWN("31"),
        UP("32"),
        UNKNOWN("33"),
        GONE("2"),
        MARK("2");

        private final String code;

        Word(String code) {
            this.code = code;
        }

        String ansi() {
            return "\u001b[" + code + "m";
        }
    }
}
