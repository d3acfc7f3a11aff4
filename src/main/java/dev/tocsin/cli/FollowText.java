package dev.tocsin.cli;

import dev.tocsin.follow.Brief;
import dev.tocsin.follow.Fold;
import dev.tocsin.follow.Topic;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** States of keys as text for a person. Immutable. */
final class FollowText {
    private static final int TEXT_MAX = 300;
    private static final int WORD = 9; // after the time and a space
    private static final int ROWS_MAX = 1000; // of one topic; more is no table any more

    private static final Comparator<Brief> ORDER = Comparator.comparing(Brief::cluster)
            .thenComparing(Brief::job)
            .thenComparing(Brief::since)
            .thenComparing(Brief::name);

    private final DateTimeFormatter clock;
    private final DateTimeFormatter day;
    private final boolean colour;
    private final int width;

    /** @param colour whether the word is coloured @param width columns; {@link Output#UNWRAPPED} for one line */
    FollowText(ZoneId zone, boolean colour, int width) {
        this.clock = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
        this.day =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
        this.colour = colour;
        this.width = width;
    }

    /** What is the matter now, topic by topic, and how much is well. */
    List<String> table(Fold fold) {
        List<String> lines = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            List<Brief> states = fold.states(topic);
            List<Brief> wrong = states.stream()
                    .filter(brief -> brief.wrong() || topic == Topic.WATERMARKS)
                    .sorted(ORDER)
                    .toList();
            if (states.isEmpty()) {
                continue;
            }
            lines.add(topic.text() + ": " + count(topic, states));
            wrong.stream().limit(ROWS_MAX).forEach(brief -> lines.add(line("  ", row(brief))));
            if (wrong.size() > ROWS_MAX) {
                lines.add("  and " + (wrong.size() - ROWS_MAX) + " more");
            }
        }
        return lines.isEmpty() ? List.of("nothing is known: no record yet") : lines;
    }

    /** One change: the line or lines, without the last line end. */
    String line(String time, Brief brief) {
        String word = String.format("%-8s", shown(brief.word().toUpperCase(Locale.ROOT)));
        String plain = time(clock, time) + " " + word + " ";
        String lines = line(plain, text(brief));
        return colour
                ? lines.substring(0, WORD) + (brief.wrong() ? "\u001b[31m" : "\u001b[32m") + word + "\u001b[0m"
                        + lines.substring(WORD + word.length())
                : lines;
    }

    private static String count(Topic topic, List<Brief> states) {
        Map<String, Long> words = states.stream()
                .collect(Collectors.groupingBy(brief -> said(topic, brief), TreeMap::new, Collectors.counting()));
        return words.entrySet().stream()
                .map(word -> word.getValue() + " " + shown(word.getKey()))
                .collect(Collectors.joining(", "));
    }

    /* What happened last to an outage is less than whether it is open. */
    private static String said(Topic topic, Brief brief) {
        if (topic == Topic.OUTAGES || topic == Topic.FINDINGS) {
            return brief.wrong() ? "open" : "over";
        }
        return brief.word();
    }

    private Parts row(Brief brief) {
        String word =
                brief.topic() == Topic.HEALTH || brief.topic() == Topic.WATERMARKS ? shown(brief.word()) + " " : "";
        return text(brief).add(word + "since " + time(day, brief.since()));
    }

    private static Parts text(Brief brief) {
        String where = brief.cluster().isEmpty() ? "" : " in " + shown(brief.cluster());
        Parts parts = new Parts();
        if (brief.job().isEmpty()) {
            parts.add(shown(brief.name()) + where);
        } else {
            parts.add(shown(brief.job()) + where).add(shown(brief.name()));
        }
        return parts.add(shown(brief.detail())).add(shown(brief.remedy()));
    }

    private String line(String start, Parts parts) {
        return width == Output.UNWRAPPED ? start + parts : String.join("\n", parts.lines(start, width, start.length()));
    }

    private static String time(DateTimeFormatter form, String time) {
        try {
            return form.format(Instant.parse(time));
        } catch (DateTimeParseException e) {
            return "--:--:--";
        }
    }

    private static String shown(String text) {
        return Printable.of(text, TEXT_MAX);
    }
}
