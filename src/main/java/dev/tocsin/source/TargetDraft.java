package dev.tocsin.source;

import dev.tocsin.health.Observation;
import dev.tocsin.health.Observation.Reading;
import dev.tocsin.health.Source;
import dev.tocsin.health.Target;
import dev.tocsin.health.TargetIds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One target while its fields come in. Confined: its decoder.
 *
 * <p>Everything is kept as characters in one growing array; Strings are made for targets that were not known.
 */
final class TargetDraft {
    /* Identity is kept and told whole, so it has limits: an overlong one is refused, that target alone. */
    static final int LABELS_MAX = 64;
    static final int VALUE_MAX = 4 << 10;
    static final int URL_MAX = 8 << 10;

    private final Source source;
    private final Map<String, String> externalLabels;
    private final SourceLimits limits;
    private final KnownTargets known;
    private final SeededHash hash;
    private final TargetList list;

    /* Pool, url, error, then the label values. */
    private char[] chars = new char[1 << 10];
    private int used;
    private final Span pool = new Span();
    private final Span url = new Span();
    private final Span error = new Span();
    private final String[] names = new String[LABELS_MAX];
    private final Span[] values = new Span[LABELS_MAX];
    private int labels;
    private long labels1;
    private long labels2;
    private @Nullable Reading reading;
    private boolean sawLabels;
    private boolean overlong;
    private long lastScrape;
    private double duration;
    private int interval;
    private int timeout;

    /** A range of {@link #chars}. */
    private static final class Span {
        private int from = -1;
        private int length;
    }

    TargetDraft(
            Source source,
            Map<String, String> externalLabels,
            SourceLimits limits,
            KnownTargets known,
            SeededHash hash,
            TargetList list) {
        this.source = source;
        this.externalLabels = externalLabels;
        this.limits = limits;
        this.known = known;
        this.hash = hash;
        this.list = list;
        Arrays.setAll(values, i -> new Span());
    }

    void begin() {
        used = 0;
        labels = 0;
        labels1 = 0;
        labels2 = 0;
        pool.from = -1;
        url.from = -1;
        error.from = 0;
        error.length = 0;
        reading = null;
        sawLabels = false;
        overlong = false;
        lastScrape = Observation.NEVER;
        duration = 0;
        interval = 0;
        timeout = 0;
    }

    void pool(char[] c, int offset, int length) {
        identity(pool, c, offset, length, VALUE_MAX);
    }

    void url(char[] c, int offset, int length) {
        identity(url, c, offset, length, URL_MAX);
    }

    void labelsBegin() {
        sawLabels = true;
    }

    /** False when that name was there already. */
    boolean label(String name, char[] c, int offset, int length) {
        for (int i = 0; i < labels; i++) {
            if (names[i].equals(name)) {
                return false;
            }
        }
        if (labels == LABELS_MAX) {
            overlong = true;
            return true;
        }
        names[labels] = name;
        identity(values[labels], c, offset, length, VALUE_MAX);
        labels++;
        hash.start().add(name).add(c, offset, length);
        labels1 += hash.first();
        labels2 += hash.second();
        return true;
    }

    void error(char[] c, int offset, int length) {
        keep(error, c, offset, length);
    }

    void reading(char[] c, int offset, int length) {
        if (is("up", c, offset, length)) {
            reading = Reading.UP;
        } else {
            // A word of some later version is no evidence of anything.
            reading = is("down", c, offset, length) ? Reading.DOWN : Reading.UNKNOWN;
        }
    }

    void lastScrape(char[] c, int offset, int length) {
        lastScrape = TimeText.millis(c, offset, length);
    }

    void duration(double seconds) {
        duration = seconds >= 0 && seconds < Double.POSITIVE_INFINITY ? seconds : 0;
    }

    void interval(char[] c, int offset, int length) {
        interval = TimeText.duration(c, offset, length);
    }

    void timeout(char[] c, int offset, int length) {
        timeout = TimeText.duration(c, offset, length);
    }

    /** What the target lacks; null when it has what it needs. */
    @Nullable
    String missing() {
        if (reading == null) {
            return "health";
        }
        if (!sawLabels) {
            return "labels";
        }
        if (url.from < 0) {
            return "scrapeUrl";
        }
        return pool.from < 0 ? "scrapePool" : null;
    }

    boolean overlong() {
        return overlong;
    }

    /** Takes the target as it stands. */
    void end() {
        hash.start().add(chars, pool.from, pool.length).add(chars, url.from, url.length);
        hash.number(labels1).number(labels2).number(labels);
        long first = hash.first();
        long second = hash.second();
        KnownTarget target = known.find(first, second);
        if (target == null) {
            target = known.add(first, second, target());
        }
        String text = target.error(chars, error.from, error.length, hash, limits.lastErrorBytesMax());
        Reading word = reading == null ? Reading.UNKNOWN : reading;
        list.add(target, new Observation(target.target, word, text, lastScrape, duration, interval, timeout));
    }

    private Target target() {
        Map<String, String> own = new HashMap<>();
        for (int i = 0; i < labels; i++) {
            own.put(names[i], text(values[i]));
        }
        String poolName = known.shared(text(pool));
        String rawUrl = text(url);
        String safeUrl = UrlRedactor.redact(rawUrl);
        String job = known.shared(own.getOrDefault("job", poolName));
        own.replace("job", job);
        String instance = own.getOrDefault("instance", UrlRedactor.hostPort(safeUrl));
        Map<String, String> all = new HashMap<>(externalLabels);
        all.putAll(own);
        String id = TargetIds.of(source.name(), poolName, safeUrl, own);
        return new Target(id, source, job, instance, poolName, safeUrl, all);
    }

    private void identity(Span span, char[] c, int offset, int length, int max) {
        if (length > max) {
            overlong = true;
            span.from = 0;
            span.length = 0;
        } else {
            keep(span, c, offset, length);
        }
    }

    private void keep(Span span, char[] c, int offset, int length) {
        if (used + length > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(2 * chars.length, used + length));
        }
        System.arraycopy(c, offset, chars, used, length);
        span.from = used;
        span.length = length;
        used += length;
    }

    private String text(Span span) {
        return new String(chars, span.from, span.length);
    }

    private static boolean is(String word, char[] c, int offset, int length) {
        if (length != word.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (c[offset + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
