package dev.tocsin.source;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What we ask a Prometheus: paths below its base URL. */
public final class PrometheusPaths {
    /** Always with {@code state=active}: dropped targets can be 19 of 20 parts of an answer, and are never needed. */
    public static final String TARGETS = "/api/v1/targets?state=active";

    /**
     * The cheap way to the dropped counts: no pool has this name, so both lists are empty, but the counts (Prometheus 2.47
     * and later) are not filtered by pool. Measured on 3.5 and 3.14. Only for a server that offers {@link #SCRAPE_POOLS}: an
     * older one (before 2.42) does not know the parameter {@code scrapePool} and would send all dropped targets.
     */
    public static final String DROPPED_COUNTS = "/api/v1/targets?state=dropped&scrapePool=tocsin-asks-for-no-pool";

    public static final String RUNTIME_INFO = "/api/v1/status/runtimeinfo";
    public static final String SCRAPE_POOLS = "/api/v1/scrape_pools";
    public static final String WAL_REPLAY = "/api/v1/status/walreplay";
    public static final String READY = "/-/ready";
    public static final String BUILD_INFO = "/api/v1/status/buildinfo";
    public static final String CONFIG = "/api/v1/status/config";
    public static final String METRICS = "/metrics";

    private PrometheusPaths() {}

    /** An instant query, which the server gives up after so long. */
    public static String query(String promql, Duration timeout) {
        return "/api/v1/query?timeout=" + timeout.toMillis() + "ms&query="
                + URLEncoder.encode(promql, StandardCharsets.UTF_8);
    }

    /** The targets of one pool (Prometheus 2.42 and later; before, the filter is ignored). */
    public static String targetsOf(String pool) {
        return TARGETS + "&scrapePool=" + URLEncoder.encode(pool, StandardCharsets.UTF_8);
    }
}
