package dev.tocsin.sim;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** A server's metrics about itself, in the text form: those that tell how it is. */
final class MetricsForm {
    static final String VERSION = "3.14.0";
    private static final int SERIES_OF_A_TARGET = 800;
    private static final long BYTES_OF_A_SERIES = 4_096;

    private final StringBuilder text = new StringBuilder();

    private MetricsForm() {}

    static String of(Prometheus.State state, Map<String, Collection<Scraped>> pools) {
        MetricsForm form = new MetricsForm();
        form.server(state);
        form.process(state, pools);
        form.pools(pools);
        return form.text.toString();
    }

    private void server(Prometheus.State state) {
        metric("prometheus_build_info", "gauge", "{version=\"" + VERSION + "\",goversion=\"go1.26.8\"}", 1);
        metric("prometheus_ready", "gauge", "", state.replayingMillis() == Prometheus.State.REPLAYED ? 1 : 0);
        metric("prometheus_config_last_reload_successful", "gauge", "", state.reloaded() ? 1 : 0);
        metric("prometheus_config_last_reload_success_timestamp_seconds", "gauge", "", state.startMillis() / 1e3);
        metric("prometheus_tsdb_wal_corruptions_total", "counter", "", 0);
        metric("prometheus_tsdb_wal_truncations_failed_total", "counter", "", 0);
        metric("prometheus_notifications_queue_length", "gauge", "", 0);
        metric("prometheus_notifications_queue_capacity", "gauge", "", 10_000);
        metric("prometheus_notifications_alertmanagers_discovered", "gauge", "", 1);
        metric("prometheus_sd_failed_configs", "gauge", "{name=\"scrape\"}", 0);
        metric("prometheus_target_scrape_pools_failed_total", "counter", "", 0);
        metric("prometheus_target_scrape_pool_exceeded_target_limit_total", "counter", "", 0);
    }

    private void process(Prometheus.State state, Map<String, Collection<Scraped>> pools) {
        long targets = pools.values().stream().mapToLong(Collection::size).sum();
        long series = targets * SERIES_OF_A_TARGET;
        metric("prometheus_tsdb_head_series", "gauge", "", series);
        metric("process_start_time_seconds", "gauge", "", state.startMillis() / 1e3);
        metric("process_resident_memory_bytes", "gauge", "", 80e6 + series * BYTES_OF_A_SERIES);
        metric("process_virtual_memory_max_bytes", "gauge", "", 1.8446744073709552e19);
        metric("process_open_fds", "gauge", "", 20 + targets);
        metric("process_max_fds", "gauge", "", 65_536);
    }

    private void pools(Map<String, Collection<Scraped>> pools) {
        metric("prometheus_target_scrape_pools_total", "counter", "", pools.size());
        head("prometheus_target_scrape_pool_targets", "gauge");
        pools.forEach((pool, targets) -> sample("prometheus_target_scrape_pool_targets", label(pool), targets.size()));
        head("prometheus_target_sync_failed_total", "counter");
        pools.keySet().forEach(pool -> sample("prometheus_target_sync_failed_total", label(pool), 0));
    }

    private static String label(String pool) {
        return "{scrape_job=\"" + pool.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }

    private void metric(String name, String type, String labels, double value) {
        head(name, type);
        sample(name, labels, value);
    }

    private void head(String name, String type) {
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, String labels, double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        String number = whole ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.17g", value);
        text.append(name).append(labels).append(' ').append(number).append('\n');
    }
}
