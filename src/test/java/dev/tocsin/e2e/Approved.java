package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Output of the terminal that somebody has read and approved, kept as a file: events by what they are about, in the order
 * in which they were told; times and durations masked, and of each id the number of its first sight in place of it.
 */
final class Approved {
    private static final Path FOLDER = Path.of("src/test/resources/demo");
    private static final Path SEEN = Path.of("target/demo");
    private static final Pattern EVENT = Pattern.compile("(?m)^\\d\\d:\\d\\d:\\d\\d ");
    private static final Pattern ABOUT =
            Pattern.compile("^\\S+ +[A-Z]+ +(.*?)(?=: \\d| \\||: part|: whole|: its|\\n|$)");
    private static final Pattern ID = Pattern.compile("o-[0-9A-Z]{26}");

    private Approved() {}

    /** Holds it against the file of that name; what was seen instead is in {@code target/demo}. */
    static void hold(String name, String output) {
        String seen = masked(bySubject(output));
        try {
            Files.createDirectories(SEEN);
            Files.writeString(SEEN.resolve(name), seen);
            assertThat(seen).isEqualTo(Files.readString(FOLDER.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /* What happens in one second of a fleet is told in any order. */
    private static String bySubject(String output) {
        Map<String, List<String>> events = new TreeMap<>();
        for (String event : events(output)) {
            Matcher about = ABOUT.matcher(event);
            assertThat(about.find()).as(event).isTrue();
            events.computeIfAbsent(about.group(1), subject -> new ArrayList<>()).add(event);
        }
        StringBuilder all = new StringBuilder();
        events.values().forEach(of -> all.append(String.join("", of)).append('\n'));
        return all.toString();
    }

    private static List<String> events(String output) {
        List<String> events = new ArrayList<>();
        Matcher start = EVENT.matcher(output);
        int from = -1;
        while (start.find()) {
            if (from >= 0) {
                events.add(output.substring(from, start.start()));
            }
            from = start.start();
        }
        if (from >= 0) {
            events.add(output.substring(from));
        }
        return events;
    }

    private static String masked(String text) {
        Map<String, String> ids = new HashMap<>();
        return ID.matcher(text)
                .replaceAll(id -> ids.computeIfAbsent(id.group(), any -> String.format("o-%-26s", ids.size() + 1)
                        .replace(' ', '_')))
                .replaceAll("\\d\\d:\\d\\d:\\d\\d", "HH:MM:SS")
                .replaceAll("after \\d+s", "after Ns");
    }
}
