package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the demo tells, without what differs from run to run: events by what they are about, in the order in which they were
 * told; times and durations masked, and of each id the number of its first sight in place of it. Traefiks check when they
 * do: what the other view says of an event is left out.
 */
final class MaskedDemo {
    private static final Pattern EVENT = Pattern.compile("(?m)^\\d\\d:\\d\\d:\\d\\d ");
    private static final Pattern ABOUT =
            Pattern.compile("^\\S+ +[A-Z]+ +(.*?)(?=: \\d| \\||: part|: whole|: its|\\n|$)");
    private static final Pattern ID = Pattern.compile("o-[0-9A-Z]{26}");

    private static final Pattern IMPACT = Pattern.compile("(?s)\\n +impact: [^)]*\\)");
    private static final Pattern IMPACT_ALONE = Pattern.compile("what\\s+the\\s+other\\s+view\\s+says");

    private MaskedDemo() {}

    static String of(String output) {
        return masked(bySubject(output));
    }

    /* What happens in one second of a fleet is told in any order. */
    private static String bySubject(String output) {
        Map<String, List<String>> events = new TreeMap<>();
        for (String event : events(output)) {
            if (IMPACT_ALONE.matcher(event).find()) {
                continue;
            }
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
        return ID.matcher(IMPACT.matcher(text).replaceAll(""))
                .replaceAll(id -> ids.computeIfAbsent(id.group(), any -> String.format("o-%-26s", ids.size() + 1)
                        .replace(' ', '_')))
                .replaceAll("\\d\\d:\\d\\d:\\d\\d", "HH:MM:SS")
                .replaceAll("after \\d+s", "after Ns");
    }
}
