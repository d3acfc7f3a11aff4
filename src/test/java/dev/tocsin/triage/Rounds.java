package dev.tocsin.triage;

import com.google.re2j.Pattern;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Target;
import dev.tocsin.health.TargetIds;
import dev.tocsin.join.Mapping;
import dev.tocsin.outage.OneRule;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.QueryResult;
import dev.tocsin.source.Sample;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.source.SelfMetrics;
import dev.tocsin.source.ServerLook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Servers and what one look at them brings, for tests. Scrape interval 15 s, timeout 10 s. Confined: one test. */
public final class Rounds {
    public static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    public static final String REFUSED = "Get \"http://%s/metrics\": dial tcp %s: connect: connection refused";
    private static final ScrapeErrors ERRORS = ScrapeErrors.load();

    private final Map<String, Server> servers = new LinkedHashMap<>();
    private OutageRules rules = OutageRules.DEFAULT;
    private List<Mapping> joins = List.of();

    /** One server. All of its fields may be set before the look. */
    public static final class Server {
        private final Source source;
        final List<Observation> targets = new ArrayList<>();
        final Map<String, List<Sample>> metrics = new HashMap<>();
        long atMillis = 1_000;
        Instant startTime = NOW.minus(Duration.ofDays(3));
        Boolean reloaded = true;
        List<String> pools;
        Map<String, Integer> dropped = Map.of();
        Duration skew = Duration.ZERO;
        PollResult.Dark dark;
        Exchange<SelfMetrics> noMetrics;
        Exchange<List<String>> configured = new Exchange.Answered<>(List.of(), null);
        Exchange<QueryResult> withoutSamples = vector();
        Exchange<QueryResult> before = vector();
        Exchange<QueryResult> lastUp = vector();
        Exchange<QueryResult> restarts = vector(new Sample(Map.of(), 0));
        Exchange<QueryResult> growth = vector(new Sample(Map.of(), 1));

        Server(Source source) {
            this.source = source;
            metric("process_start_time_seconds", NOW.getEpochSecond() - 3.0 * 86_400);
        }

        private boolean traefik() {
            return source.kind() == SourceKind.TRAEFIK;
        }

        public Server up(String job, String... instances) {
            for (String instance : instances) {
                add(job, instance, Observation.Reading.UP, "", NOW.minusSeconds(5), 0.01);
            }
            return this;
        }

        /** @param error {@code %s} is the instance */
        public Server down(String job, String error, String... instances) {
            for (String instance : instances) {
                add(job, instance, Observation.Reading.DOWN, error.replace("%s", instance), NOW.minusSeconds(5), 0.01);
            }
            return this;
        }

        Server unscraped(String job, String instance) {
            return add(job, instance, Observation.Reading.UNKNOWN, "", null, 0);
        }

        Server old(String job, String instance, Observation.Reading reading) {
            return add(job, instance, reading, "", NOW.minusSeconds(41), 0.01);
        }

        Server slow(String job, String instance, double seconds) {
            return add(job, instance, Observation.Reading.UP, "", NOW.minusSeconds(5), seconds);
        }

        private Server add(
                String job, String instance, Observation.Reading reading, String error, Instant at, double seconds) {
            Map<String, String> labels = Map.of("job", job, "instance", instance);
            String url = "http://" + instance + (traefik() ? "" : "/metrics");
            Target target =
                    new Target(TargetIds.of(source.name(), job, url, labels), source, job, instance, job, url, labels);
            long last = at == null ? Observation.NEVER : at.plus(skew).toEpochMilli();
            targets.add(new Observation(target, reading, error, last, seconds, 15_000, 10_000));
            return this;
        }

        /** It remembers that these were last up so long ago. */
        public Server lastUp(int secondsAgo, String job, String... instances) {
            lastUp = vector(Arrays.stream(instances)
                    .map(instance -> new Sample(
                            Map.of("job", job, "instance", instance), NOW.getEpochSecond() - (double) secondsAgo))
                    .toArray(Sample[]::new));
            return this;
        }

        /** It remembers no success of these, and so many scrapes that failed. */
        Server neverUp(int scrapes, String job, String... instances) {
            lastUp = vector(Arrays.stream(instances)
                    .map(instance -> new Sample(Map.of("job", job, "instance", instance), -scrapes))
                    .toArray(Sample[]::new));
            return this;
        }

        Server metric(String name, double value, String... labels) {
            Map<String, String> of = new HashMap<>();
            for (int i = 0; i < labels.length; i += 2) {
                of.put(labels[i], labels[i + 1]);
            }
            metrics.computeIfAbsent(name, n -> new ArrayList<>()).add(new Sample(of, value));
            return this;
        }

        private Seen seen() {
            Moment at = new Moment(atMillis, NOW);
            List<String> listed = pools != null
                    ? pools
                    : List.copyOf(new TreeSet<>(
                            targets.stream().map(seen -> seen.target().pool()).toList()));
            PollResult result = dark != null
                    ? dark
                    : new PollResult.Answered(
                            1,
                            at,
                            NOW.plus(skew),
                            new PollResult.ServerFacts(startTime, reloaded, listed, dropped),
                            List.copyOf(targets));
            return new Seen(
                    source,
                    "http://" + source.name() + ":9090",
                    new ServerLook(
                            result,
                            new Exchange.Answered<>("2.42.0", null),
                            configured,
                            noMetrics != null || traefik()
                                    ? noMetrics
                                    : new Exchange.Answered<>(new SelfMetrics(metrics), null),
                            withoutSamples,
                            before,
                            lastUp,
                            Duration.ofMinutes(1),
                            restarts,
                            growth));
        }
    }

    public Server server(String name, String cluster) {
        return servers.computeIfAbsent(name, n -> new Server(new Source(name, cluster, SourceKind.PROMETHEUS)));
    }

    /** A Traefik: its services are jobs, and their servers are checked as often as targets are scraped. */
    public Server balancer(String name, String cluster) {
        return servers.computeIfAbsent(name, n -> new Server(new Source(name, cluster, SourceKind.TRAEFIK)));
    }

    public Server server(String name) {
        return server(name, "eu");
    }

    /** Nothing came from it. */
    public Rounds dark(String name, SourceState state, SourceState.Why why, String detail) {
        server(name).dark = new PollResult.Dark(1, new Moment(1_000, NOW), state, why, detail);
        return this;
    }

    Rounds rules(OutageRules all) {
        rules = all;
        return this;
    }

    /** These services are those jobs, both by pattern. */
    public Rounds joined(String service, String job) {
        joins = List.of(new Mapping(Pattern.compile(service), Pattern.compile(job), Map.of()));
        return this;
    }

    public Report report() {
        return Triage.report(
                servers.values().stream().map(Server::seen).toList(), new OneRule(rules, joins), ERRORS, NOW);
    }

    static Exchange<QueryResult> vector(Sample... samples) {
        return new Exchange.Answered<>(new QueryResult(List.of(samples), samples.length), null);
    }

    public static String[] names(String job, int from, int to) {
        String[] names = new String[to - from + 1];
        for (int i = from; i <= to; i++) {
            names[i - from] = job + "-" + i + ":9100";
        }
        return names;
    }
}
