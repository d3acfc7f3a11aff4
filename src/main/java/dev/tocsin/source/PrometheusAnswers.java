package dev.tocsin.source;

import dev.tocsin.health.SourceState.Why;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decoders of the small answers of a Prometheus, one per question. Each decoder is used once. */
public final class PrometheusAnswers {
    private static final int STATUS_BYTES_MAX = 64 << 10; // runtimeinfo, the largest, is 600 B
    private static final int POOLS_BYTES_MAX = 1 << 20; // 10,000 pools x 100 B
    private static final int TEXT_BYTES_MAX = 1 << 10;
    private static final int CONFIG_BYTES_MAX = 16 << 20; // 5,000 jobs x ~2 KB of defaults written out
    private static final int QUERY_BYTES_MAX = 16 << 20; // 50,000 series x ~300 B
    private static final int SAMPLES_MAX = 50_000;
    private static final int VERSION_MAX = 60;

    private PrometheusAnswers() {}

    /** For {@link PrometheusPaths#RUNTIME_INFO}. */
    public static BodyDecoder<RuntimeFacts> runtimeInfo() {
        return new SmallAnswer<>("runtimeinfo", STATUS_BYTES_MAX, data -> {
            Map<?, ?> facts = map(data, "runtimeinfo data");
            return new RuntimeFacts(
                    instant(facts.get("startTime")),
                    facts.get("reloadConfigSuccess") instanceof Boolean reloaded ? reloaded : null,
                    instant(facts.get("lastConfigTime")),
                    instant(facts.get("serverTime")));
        });
    }

    /** For {@link PrometheusPaths#SCRAPE_POOLS}: the names of all pools, sorted. */
    public static BodyDecoder<List<String>> scrapePools() {
        return new SmallAnswer<>("scrape_pools", POOLS_BYTES_MAX, data -> {
            Object pools = map(data, "scrape_pools data").get("scrapePools");
            if (!(pools instanceof Collection<?> names)) {
                throw wanted("scrape_pools data.scrapePools", "a list");
            }
            List<String> sorted = new ArrayList<>();
            for (Object name : names) {
                if (!(name instanceof String pool)) {
                    throw wanted("scrape_pools data.scrapePools", "a list of texts");
                }
                sorted.add(pool);
            }
            sorted.sort(null);
            return List.copyOf(sorted);
        });
    }

    /** For {@link PrometheusPaths#DROPPED_COUNTS}. */
    public static BodyDecoder<DroppedCounts> droppedCounts() {
        return new SmallAnswer<>("dropped targets", POOLS_BYTES_MAX, data -> {
            Object counts = map(data, "dropped targets data").get("droppedTargetCounts");
            if (counts == null) {
                return new DroppedCounts(null);
            }
            Map<String, Integer> byPool = new HashMap<>();
            for (Map.Entry<?, ?> e : map(counts, "data.droppedTargetCounts").entrySet()) {
                if (!(e.getKey() instanceof String pool) || !(e.getValue() instanceof Double count) || !(count >= 0)) {
                    throw wanted("data.droppedTargetCounts", "a count per pool");
                }
                byPool.put(pool, (int) Math.min(count, Integer.MAX_VALUE));
            }
            return new DroppedCounts(byPool);
        });
    }

    /** For {@link PrometheusPaths#WAL_REPLAY}. */
    public static BodyDecoder<WalReplay> walReplay() {
        return new SmallAnswer<>("walreplay", STATUS_BYTES_MAX, data -> {
            Map<?, ?> replay = map(data, "walreplay data");
            return new WalReplay(segment(replay, "min"), segment(replay, "max"), segment(replay, "current"));
        });
    }

    /** For {@link PrometheusPaths#BUILD_INFO}: the version, as {@code 2.42.0+ds}. */
    public static BodyDecoder<String> version() {
        return new SmallAnswer<>("buildinfo", STATUS_BYTES_MAX, data -> {
            if (map(data, "buildinfo data").get("version") instanceof String version) {
                return CleanText.of(version, VERSION_MAX);
            }
            throw wanted("buildinfo data.version", "a text");
        });
    }

    /** For {@link PrometheusPaths#CONFIG}: the names of the scrape jobs that it is configured with, in their order. */
    public static BodyDecoder<List<String>> configuredJobs() {
        return new SmallAnswer<>("config", CONFIG_BYTES_MAX, CONFIG_BYTES_MAX, data -> {
            if (map(data, "config data").get("yaml") instanceof String yaml) {
                return ScrapeConfigs.jobNames(yaml);
            }
            throw wanted("config data.yaml", "a text");
        });
    }

    /** For {@link PrometheusPaths#METRICS}. @param wanted whether a metric of that name is of interest */
    public static BodyDecoder<SelfMetrics> metrics(Predicate<String> wanted) {
        return new MetricsPage(wanted);
    }

    /** For {@link PrometheusPaths#query}, of a query whose answer is a vector. */
    public static BodyDecoder<QueryResult> vector() {
        return new SmallAnswer<>("query", QUERY_BYTES_MAX, data -> {
            if (!(map(data, "query data").get("result") instanceof Collection<?> series)) {
                throw wanted("query data.result", "a list");
            }
            List<Sample> samples = new ArrayList<>();
            for (Object one : series) {
                if (samples.size() < SAMPLES_MAX) {
                    samples.add(sample(map(one, "query data.result[]")));
                }
            }
            return new QueryResult(samples, series.size());
        });
    }

    private static Sample sample(Map<?, ?> series) throws AnswerRefused {
        Map<String, String> labels = new HashMap<>();
        for (Map.Entry<?, ?> label :
                map(series.get("metric"), "query data.result[].metric").entrySet()) {
            if (!"__name__".equals(label.getKey())) {
                labels.put(String.valueOf(label.getKey()), String.valueOf(label.getValue()));
            }
        }
        if (series.get("value") instanceof List<?> value && value.size() == 2 && value.get(1) instanceof String text) {
            OptionalDouble number = GoNumber.of(text);
            if (number.isPresent()) {
                return new Sample(labels, number.getAsDouble());
            }
        }
        throw wanted("query data.result[].value", "a time and a number");
    }

    /** For {@link PrometheusPaths#READY}: the first KiB of a text, whatever it is; never refuses. */
    public static BodyDecoder<String> text() {
        return new BodyDecoder<>() {
            private final byte[] kept = new byte[TEXT_BYTES_MAX];
            private int used;

            @Override
            public void feed(byte[] bytes, int offset, int length) {
                int more = Math.min(length, kept.length - used);
                System.arraycopy(bytes, offset, kept, used, more);
                used += more;
            }

            @Override
            public String finish() {
                return CleanText.of(new String(kept, 0, used, StandardCharsets.UTF_8), TEXT_BYTES_MAX);
            }
        };
    }

    private static Map<?, ?> map(@Nullable Object value, String place) throws AnswerRefused {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wanted(place, "an object");
    }

    private static @Nullable Instant instant(@Nullable Object value) {
        return value instanceof String text ? TimeText.instant(text) : null;
    }

    private static long segment(Map<?, ?> replay, String name) throws AnswerRefused {
        if (replay.get(name) instanceof Double number && number >= 0 && number < Integer.MAX_VALUE) {
            return number.longValue();
        }
        throw wanted("walreplay data." + name, "a segment number");
    }

    private static AnswerRefused wanted(String place, String what) {
        return new AnswerRefused(Why.MALFORMED, place + ": wanted " + what);
    }
}
