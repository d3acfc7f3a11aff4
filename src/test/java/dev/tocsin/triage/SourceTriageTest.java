package dev.tocsin.triage;

import static dev.tocsin.triage.Rounds.NOW;
import static dev.tocsin.triage.Rounds.REFUSED;
import static dev.tocsin.triage.Rounds.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.Sample;
import dev.tocsin.triage.Report.SourceReport;
import dev.tocsin.triage.Report.Trouble;
import dev.tocsin.triage.Report.Unchecked;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Troubles of a server, its pools and its scrapes, each with its evidence; and what could not be checked. */
class SourceTriageTest {
    private static final Exchange<?> AGENT = new Exchange.Refused<>(
            422,
            false,
            null,
            "application/json",
            "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"unavailable with Prometheus Agent\"}");

    private final Rounds rounds = new Rounds();
    private final Rounds.Server server = rounds.server("prom-a").up("node", names("node", 1, 4));

    private SourceReport report() {
        return rounds.report().sources().get(0);
    }

    private List<String> troubles() {
        return report().troubles().stream().map(SourceTriageTest::text).toList();
    }

    private static String text(Trouble trouble) {
        return trouble.kind().text() + " [" + trouble.subject() + "]: " + trouble.evidence();
    }

    @Test
    void aServerThatIsWellHasNone() {
        assertThat(troubles()).isEmpty();
        assertThat(report().unchecked()).isEmpty();
    }

    @Test
    void scrapesFromFourFifthsOfTheirTimeoutOnAreNearIt() {
        server.slow("web", "web-1:80", 7.99).slow("web", "web-2:80", 8.0).slow("web", "web-3:80", 9.5);

        Trouble trouble = report().troubles().get(0);

        assertThat(text(trouble))
                .isEqualTo("scrape_near_timeout [web]: 2 targets took 80 % of the timeout or more, the slowest"
                        + " 9.50 s of 10.0 s");
        assertThat(trouble.items()).containsExactly("web-3:80 9.50 s of 10.0 s", "web-2:80 8.00 s of 10.0 s");
    }

    @Test
    void targetsThatAreUpAndExportNothingAreTold() {
        server.withoutSamples = Rounds.vector(
                new Sample(Map.of("job", "web", "instance", "b:1"), 0),
                new Sample(Map.of("job", "web", "instance", "a:1"), 0));

        assertThat(troubles()).containsExactly("up_without_samples [web]: 2 targets are up without a sample");
        assertThat(report().troubles().get(0).items()).containsExactly("a:1", "b:1");
    }

    @Test
    void emptyAndMissingPoolsSayWhetherDiscoveryOrRelabellingIsToBlame() {
        server.pools = List.of("dropped", "node", "undiscovered");
        server.configured = new Exchange.Answered<>(List.of("node", "silent", "clientless"), null);
        server.metric("prometheus_sd_discovered_targets", 4, "name", "scrape", "config", "node")
                .metric("prometheus_sd_discovered_targets", 7, "name", "scrape", "config", "dropped")
                .metric("prometheus_sd_discovered_targets", 2, "name", "scrape", "config", "clientless")
                .metric("prometheus_sd_discovered_targets", 9, "name", "notify", "config", "silent");

        assertThat(troubles())
                .containsExactly(
                        "pool_empty [dropped]: it has no target, discovery finds 7 and relabelling drops them",
                        "pool_empty [undiscovered]: it has no target, discovery finds none",
                        "pool_missing [silent]: the job is configured, and has no pool: its discovery tells nothing",
                        "pool_missing [clientless]: the job is configured, and has no pool: its HTTP client could not"
                                + " be made");
    }

    @Test
    void droppedTargetsAreThoseItCountsOrThoseThatDiscoveryHasMore() {
        server.dropped = Map.of("node", 12, "web", 0);
        assertThat(report().dropped()).isEqualTo(Map.of("node", 12));

        server.dropped = null;
        server.metric("prometheus_sd_discovered_targets", 9, "name", "scrape", "config", "node");
        assertThat(report().dropped()).isEqualTo(Map.of("node", 5));
    }

    @Test
    void targetsThatCouldNotBeMadeAreTold() {
        server.metric("prometheus_target_sync_failed_total", 3, "scrape_job", "web")
                .metric("prometheus_target_sync_failed_total", 0, "scrape_job", "node");

        assertThat(troubles())
                .containsExactly("target_creation_failed [web]: 3 failed to become targets since the server started");
    }

    @Test
    void aJobThatLostMoreThanHalfWithinAnHourHasShrunk() {
        server.before = Rounds.vector(
                new Sample(Map.of("job", "node"), 9),
                new Sample(Map.of("job", "gone"), 2),
                new Sample(Map.of("job", "small"), 1),
                new Sample(Map.of("job", "node2"), 0));

        assertThat(troubles())
                .containsExactly(
                        "job_shrunken [node]: it had 9 targets an hour ago and has 4 now",
                        "job_shrunken [gone]: it had 2 targets an hour ago and has 0 now");
    }

    @Test
    void theServersOwnTroublesHaveTheirEvidence() {
        double gibibyte = 1 << 30;
        server.reloaded = false;
        server.restarts = Rounds.vector(new Sample(Map.of(), 3));
        server.growth = Rounds.vector(new Sample(Map.of(), 2.25));
        server.metric("prometheus_tsdb_wal_corruptions_total", 2)
                .metric("process_resident_memory_bytes", 0.95 * gibibyte)
                .metric("go_gc_gomemlimit_bytes", gibibyte)
                .metric("process_open_fds", 900)
                .metric("process_max_fds", 1_024)
                .metric("prometheus_sd_failed_configs", 1, "name", "scrape")
                .metric("prometheus_sd_failed_configs", 0, "name", "notify")
                .metric("prometheus_sd_dns_lookup_failures_total", 5)
                .metric("prometheus_notifications_queue_length", 9_000)
                .metric("prometheus_notifications_queue_capacity", 10_000)
                .metric("prometheus_notifications_dropped_total", 17);

        assertThat(troubles())
                .containsExactly(
                        "reload_failed []: the last reload of its configuration failed",
                        "wal_corrupted []: prometheus_tsdb_wal_corruptions_total is 2 since it started",
                        "memory_pressure []: it holds 973 MiB in memory, its limit (GOMEMLIMIT) is 1024 MiB",
                        "descriptors_short []: 900 of 1024 file descriptors are in use",
                        "discovery_failing []: 1 of its service discoveries could not be set up",
                        "discovery_failing []: prometheus_sd_dns_lookup_failures_total 5 since it started",
                        "notifications_failing []: 9000 of 10000 notifications wait in its queue, 17 notifications"
                                + " were dropped since it started",
                        "restart_loop []: it was started 3 times within the last hour, last at 2026-11-17T10:00:00Z",
                        "series_pressure []: it has 2.3 times as many series as an hour ago");
    }

    @Test
    void noLimitOfMemoryIsNoPressure() {
        server.metric("process_resident_memory_bytes", 1e12).metric("go_gc_gomemlimit_bytes", 9.223372036854776e18);

        assertThat(troubles()).isEmpty();
    }

    @Test
    void aServerBehindWhichNearlyAllIsDownMayBeCutOffItself() {
        server.targets.clear();
        server.down("node", REFUSED, names("node", 1, 6))
                .down("web", REFUSED, names("web", 1, 3))
                .up("db", "db:1");

        assertThat(troubles())
                .containsExactly("nearly_all_down []: 9 of 10 targets of 2 jobs: it may be cut off itself");
    }

    @Test
    void anAgentSaysWhatItCouldNotCheck() {
        Exchange<?> none = AGENT;
        server.withoutSamples = cast(none);
        server.before = null;
        server.lastUp = null;
        server.restarts = null;
        server.growth = null;

        assertThat(report().unchecked())
                .containsExactly(new Unchecked(
                        "since when targets are down, targets without samples, jobs that shrank, restarts, growth of"
                                + " series",
                        "an agent has no query API"));
    }

    @Test
    void whatHadNoTimeIsToldAsSuch() {
        server.noMetrics = new Exchange.Failed<>(Why.TIMEOUT, "/metrics: no answer within 900 ms");
        server.configured = null;
        server.dropped = null;
        server.restarts = null;

        assertThat(report().unchecked())
                .containsExactly(
                        new Unchecked("missing pools", "its configuration: there was no time left to ask"),
                        new Unchecked(
                                "targets that could not be made, discovery, notifications, memory, write-ahead log",
                                "its metrics: /metrics: no answer within 900 ms"),
                        new Unchecked("dropped targets", "it does not count them (Prometheus 2.47 and later do)"),
                        new Unchecked("restarts, growth of series", "there was no time left to ask"));
    }

    @Test
    void aServerThatDoesNotScrapeItselfHasNoMemoryOfItself() {
        server.restarts = Rounds.vector();

        assertThat(report().unchecked())
                .containsExactly(new Unchecked(
                        "restarts, growth of series", "it does not scrape itself, so it has no memory of them"));
    }

    @Test
    void aStartingServerStillTellsItsOwnTroubles() {
        rounds.dark("prom-b", SourceState.STARTING, Why.WAL_REPLAY, "replaying WAL segment 3 of 17");
        rounds.server("prom-b").metric("prometheus_tsdb_wal_corruptions_total", 1);

        SourceReport starting = rounds.report().sources().get(1);

        assertThat(starting.troubles()).extracting(Trouble::kind).containsExactly(TroubleKind.WAL_CORRUPTED);
        assertThat(starting.startedAt()).isEqualTo(NOW.minusSeconds(3 * 86_400));
        assertThat(starting.unchecked()).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static <T> Exchange<T> cast(Exchange<?> exchange) {
        return (Exchange<T>) exchange;
    }
}
