package dev.tocsin.source;

import dev.tocsin.health.SourceState.Why;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * Decodes a metrics page in Prometheus's text format, line by line, and keeps the metrics of interest. Confined: the asker
 * of one source. Used once.
 *
 * <p>A line that is no sample says nothing, and neither does one that is longer than {@value #LINE_BYTES_MAX} bytes.
 */
final class MetricsPage implements BodyDecoder<SelfMetrics> {
    private static final int LINE_BYTES_MAX = 8 << 10;
    private static final int SAMPLES_MAX = 50_000; // x ~200 B = 10 MB: four metrics of 10,000 pools

    private final Predicate<String> wanted;
    private final byte[] line = new byte[LINE_BYTES_MAX];
    private final Map<String, List<Sample>> byName = new HashMap<>();
    private int used;
    private boolean overlong;
    private int samples;
    private boolean anySample;

    /** @param wanted whether a metric of that name is of interest */
    MetricsPage(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) throws AnswerRefused {
        int end = offset + length;
        int from = offset;
        while (from < end) {
            int to = from;
            while (to < end && bytes[to] != '\n') {
                to++;
            }
            take(bytes, from, to);
            if (to < end) {
                end();
            }
            from = to + 1;
        }
    }

    private void take(byte[] bytes, int from, int to) {
        int taken = Math.min(to - from, LINE_BYTES_MAX - used);
        System.arraycopy(bytes, from, line, used, taken);
        used += taken;
        overlong |= taken < to - from;
    }

    @Override
    public SelfMetrics finish() throws AnswerRefused {
        end();
        if (!anySample) {
            throw new AnswerRefused(Why.MALFORMED, "/metrics: no sample, wanted a metrics page");
        }
        return new SelfMetrics(byName);
    }

    private void end() throws AnswerRefused {
        if (!overlong && used > 0 && line[0] != '#') {
            /* A busy server has a line of interest in thousands: of the others only the name is read. */
            String name = new String(line, 0, nameEnd(), StandardCharsets.UTF_8);
            boolean kept = wanted.test(name);
            if (kept || !anySample) {
                sample(name, kept, new String(line, 0, used, StandardCharsets.UTF_8));
            }
        }
        used = 0;
        overlong = false;
    }

    private void sample(String name, boolean kept, String text) throws AnswerRefused {
        int end = name.length();
        Map<String, String> labels = new HashMap<>();
        int value = end < text.length() && text.charAt(end) == '{' ? labels(text, end + 1, labels) : end;
        if (name.isEmpty() || value < 0) {
            return;
        }
        OptionalDouble number = GoNumber.of(text.substring(value).strip().split(" ", 2)[0]);
        if (number.isEmpty()) {
            return;
        }
        anySample = true;
        if (kept) {
            if (++samples > SAMPLES_MAX) {
                throw new AnswerRefused(Why.LIMIT, "/metrics: more than " + SAMPLES_MAX + " samples of interest");
            }
            byName.computeIfAbsent(name, n -> new ArrayList<>()).add(new Sample(labels, number.getAsDouble()));
        }
    }

    private int nameEnd() {
        int end = 0;
        while (end < used && line[end] != '{' && line[end] != ' ' && line[end] != '\t') {
            end++;
        }
        return end;
    }

    /** Reads {@code a="b",c="d"}} into the map; where the value begins, or -1 when it is none. */
    private static int labels(String text, int from, Map<String, String> labels) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '}') {
            int equals = text.indexOf("=\"", at);
            if (equals < 0) {
                return -1;
            }
            int close = closing(text, equals + 2);
            if (close < 0) {
                return -1;
            }
            labels.put(text.substring(at, equals).strip(), unescaped(text.substring(equals + 2, close)));
            at = close + 1;
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
            }
        }
        return at < text.length() ? at + 1 : -1;
    }

    /** Where the closing quote stands, or -1. */
    private static int closing(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i;
            }
            i += c == '\\' ? 1 : 0;
        }
        return -1;
    }

    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder value = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char escaped = text.charAt(++i);
                value.append(escaped == 'n' ? '\n' : escaped);
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }
}
