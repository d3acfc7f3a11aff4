package dev.tocsin.sim;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** The target list of a server: its pools sorted, the targets of a pool in another order each time. Confined: its server. */
final class TargetsForm {
    private static final String NEVER = "0001-01-01T00:00:00Z";
    private static final int DROPPED_KEPT_MAX = 20; // keep_dropped_targets of its configuration

    private final ZoneId zone;
    private final Random random;

    /** @param zone in which its times are told */
    TargetsForm(ZoneId zone, Random random) {
        this.zone = zone;
        this.random = random;
    }

    /** The data of {@code /api/v1/targets}; a state that is none gives empty lists, as there. */
    Map<String, Object> of(Asked asked, Prometheus.State state, Map<String, Collection<Scraped>> pools) {
        String wanted = asked.parameter("state").toLowerCase(Locale.ROOT);
        boolean any = wanted.isEmpty() || wanted.equals("any");
        String pool = asked.parameter("scrapePool");
        List<Object> active = new ArrayList<>();
        List<Object> dropped = new ArrayList<>();
        pools.forEach((name, targets) -> {
            boolean chosen = pool.isEmpty() || pool.equals(name);
            if (chosen && (any || wanted.equals("active"))) {
                active.addAll(shuffled(targets));
            }
            if (chosen && (any || wanted.equals("dropped"))) {
                dropped.addAll(dropped(name, state.dropped().getOrDefault(name, 0)));
            }
        });
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("activeTargets", active);
        data.put("droppedTargets", dropped);
        data.put("droppedTargetCounts", any || wanted.equals("dropped") ? counts(state, pools) : null);
        return data;
    }

    /* Not filtered by pool, and null with the active ones alone: so measured. */
    private static Map<String, Integer> counts(Prometheus.State state, Map<String, Collection<Scraped>> pools) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        pools.keySet().forEach(pool -> counts.put(pool, state.dropped().getOrDefault(pool, 0)));
        return counts;
    }

    private List<Object> shuffled(Collection<Scraped> targets) {
        List<Object> list = new ArrayList<>();
        targets.forEach(target -> list.add(form(target)));
        Collections.shuffle(list, random);
        return list;
    }

    private Map<String, Object> form(Scraped target) {
        String job = target.target.job().name();
        String instance = target.target.instance();
        String url = Processes.url(instance);
        String interval = target.intervalMillis / 1_000 + "s";
        String timeout = target.timeoutMillis / 1_000 + "s";
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("discoveredLabels", discovered(job, instance, interval, timeout));
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("instance", instance);
        labels.put("job", job);
        form.put("labels", labels);
        form.put("scrapePool", job);
        form.put("scrapeUrl", url);
        form.put("globalUrl", url);
        form.put("lastError", target.error());
        form.put("lastScrape", time(target.startedMillis()));
        form.put("lastScrapeDuration", target.lastSeconds());
        form.put("health", target.health());
        form.put("scrapeInterval", interval);
        form.put("scrapeTimeout", timeout);
        return form;
    }

    private static Map<String, String> discovered(String job, String address, String interval, String timeout) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("__address__", address);
        labels.put("__always_scrape_classic_histograms__", "false");
        labels.put("__convert_classic_histograms_to_nhcb__", "false");
        labels.put("__metrics_path__", "/metrics");
        labels.put("__scheme__", "http");
        labels.put("__scrape_interval__", interval);
        labels.put("__scrape_native_histograms__", "false");
        labels.put("__scrape_timeout__", timeout);
        labels.put("job", job);
        return labels;
    }

    private static List<Object> dropped(String pool, int count) {
        List<Object> dropped = new ArrayList<>();
        for (int i = 1; i <= Math.min(count, DROPPED_KEPT_MAX); i++) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("discoveredLabels", discovered(pool, "dropped-" + i + ":9100", "15s", "10s"));
            one.put("scrapePool", pool);
            dropped.add(one);
        }
        return dropped;
    }

    private String time(long millis) {
        return millis == Scraped.NEVER
                ? NEVER
                : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        Instant.ofEpochMilli(millis).atZone(zone));
    }
}
