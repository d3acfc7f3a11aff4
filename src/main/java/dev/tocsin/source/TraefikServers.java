package dev.tocsin.source;

import static dev.tocsin.source.TraefikRound.body;

import dev.tocsin.health.Observation;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.health.Target;
import dev.tocsin.health.TargetIds;
import dev.tocsin.source.TraefikService.Check;
import dev.tocsin.source.TraefikService.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The servers behind one Traefik, as its answers showed them: a round of answers in, what a poll brings out. Confined: the
 * asker of the source.
 *
 * <p>A service is a job, one of its servers a target. A target is told as scraped when a check is known to be behind what
 * is believed of it: what no check can have looked at for long goes stale as a scrape does that stands still.
 */
public final class TraefikServers {
    /* Shorter than who is gone has been away, longer than a save takes: who comes back after it is somebody new. */
    private static final int READS_KEPT = 2;
    private static final long KEPT_MILLIS = 10_000;
    private static final int TIMEOUT_UNCHECKED = 1_000;
    private static final int STARVED_INTERVALS = 2;
    private static final String NO_API =
            "no API of a Traefik at this place: a wrong base path, or a version without this list?";
    private static final String NO_ROUTER =
            "no router for this Host and path: a wrong host_header or base path, or it has no configuration (yet)";

    private final Source source;
    private final Map<String, String> externalLabels;
    private final int pollMillis;
    private final Predicate<String> ignored;
    private final TraefikEpoch epoch = new TraefikEpoch();
    private final TraefikProviders providers = new TraefikProviders();
    private final TraefikParents parents;
    private final Routers routers;
    private final KnownServers servers = new KnownServers();
    private boolean two;
    /* Rounds may be void, and then their number comes again. */
    private long reads;

    /**
     * @param pollInterval how often we ask
     * @param ignored names of services of which nothing is told
     */
    public TraefikServers(
            Source source, Map<String, String> externalLabels, Duration pollInterval, Predicate<String> ignored) {
        this.ignored = ignored;
        this.routers = new Routers(ignored);
        this.source = source;
        this.externalLabels = Map.copyOf(externalLabels);
        this.parents = new TraefikParents(source, this.externalLabels);
        this.pollMillis = (int) pollInterval.toMillis();
    }

    /** What the round brought. */
    public PollResult read(TraefikRound round) {
        List<TraefikService> http = body(round.http());
        if (http == null) {
            return dark(round, round.http());
        }
        List<TraefikService> tcp = body(round.tcp());
        if (round.tcp() != null && tcp == null) {
            return dark(round, round.tcp());
        }
        if (round.torn()) {
            return new PollResult.Dark(
                    round.poll(),
                    round.at(),
                    SourceState.RELOADING,
                    Why.TIMEOUT,
                    "it takes new configurations faster than its lists can be read");
        }
        List<TraefikService> services = new ArrayList<>(http);
        services.addAll(tcp == null ? List.of() : tcp);
        return answered(round, services);
    }

    private PollResult answered(TraefikRound round, List<TraefikService> services) {
        TraefikVersion told = body(round.version());
        Instant started = told == null ? null : told.startTime();
        TraefikMetrics metrics = round.metrics();
        epoch.see(started, metrics, date(round.before()), services, round.at());
        if (epoch.restarted()) {
            servers.clear();
            providers.clear();
        }
        two = told == null ? two : told.two();
        TraefikServer.Look look = new TraefikServer.Look(
                metrics,
                epoch.number(),
                epoch.since(),
                round.at().monoMillis(),
                round.at().wall().toEpochMilli());
        List<Observation> observations = new ArrayList<>();
        int starved = 0;
        reads++;
        parents.begin(services);
        Set<String> silent = new HashSet<>();
        for (TraefikService service : services) {
            if (service.internal()) {
                continue;
            }
            boolean starves = judge(service, look, observations);
            if (ignored.test(service.name())) {
                silent.add(service.name()); // seen all the same, for the sake of those that lead to it
            } else {
                starved += starves ? 1 : 0;
            }
        }
        LedTo led = LedTo.of(services);
        parents.observe(led, observations);
        List<PollResult.Warning> warnings =
                new ArrayList<>(TraefikWarnings.of(source, round, services, led, two, starved));
        if (!silent.isEmpty()) {
            observations.removeIf(seen -> silent.contains(seen.target().job()));
            warnings.removeIf(warning -> silent.contains(warning.subject().getOrDefault("service", "")));
        }
        servers.forget(server -> server.unlistedSince(reads - READS_KEPT, look.monoMillis() - KEPT_MILLIS));
        PollResult.ServerFacts facts = new PollResult.ServerFacts(
                started, null, providers.see(services), null, warnings, routers.see(services, epoch.since()));
        /* Its lists hold no times: our own clock is as good as its. */
        return new PollResult.Answered(round.poll(), round.at(), round.at().wall(), facts, observations);
    }

    /** Judges the servers of one service; whether no check is known to have looked at them for too long. */
    private boolean judge(TraefikService service, TraefikServer.Look look, List<Observation> into) {
        Check check = service.check();
        boolean checked = check != null && (check.pathGiven() || !two);
        int count = service.servers().size();
        int interval = check == null ? pollMillis : check.intervalMillis() + pollMillis;
        long timeout = checked && check != null ? (long) check.timeoutMillis() * count : TIMEOUT_UNCHECKED;
        boolean starved = false;
        for (Server server : service.servers()) {
            TraefikServer known = known(service, server, look);
            if (!known.listed(reads, look)) {
                continue; // a list that names a service twice
            }
            ServerRule rule = known.see(service, server, checked, look);
            Observation observation = known.observation(
                    error(rule),
                    /* What is proven once is proven again within this time, unless reloads keep checks from running. */
                    interval + (int) ServerRule.BUILD_MILLIS,
                    (int) Math.min(timeout, Integer.MAX_VALUE));
            into.add(observation);
            if (rule != ServerRule.FENCED) {
                parents.part(service, observation);
            }
            starved |= checked && known.starvedMillis(look) > STARVED_INTERVALS * (long) interval;
        }
        return starved;
    }

    private TraefikServer known(TraefikService service, Server server, TraefikServer.Look look) {
        TraefikServer known = servers.find(service, server);
        if (known == null) {
            known = new TraefikServer(target(service, server), look.wallMillis());
            servers.add(service, server, known);
        }
        return known;
    }

    private static String error(ServerRule rule) {
        return rule == ServerRule.GAUGE_DOWN
                ? "traefik: health check failed: traefik_service_server_up is 0"
                : "traefik: health check failed: serverStatus is DOWN";
    }

    private Target target(TraefikService service, Server server) {
        Map<String, String> own =
                Map.of("service", service.name(), "protocol", service.protocol().text());
        Map<String, String> all = new HashMap<>(externalLabels);
        all.putAll(own);
        return new Target(
                TargetIds.of(source.name(), service.provider(), server.url(), own),
                source,
                service.name(),
                ServerUrl.instance(server.url()),
                service.provider(),
                server.url(),
                all);
    }

    private static @Nullable Instant date(Exchange<?> exchange) {
        return exchange instanceof Exchange.Answered<?> answered ? answered.date() : null;
    }

    private static PollResult.Dark dark(TraefikRound round, Exchange<?> exchange) {
        Exchange.Failed<?> failed = exchange instanceof Exchange.Refused<?> refused
                ? StatusText.of(refused, ofTheApi(refused) ? NO_API : NO_ROUTER)
                : (Exchange.Failed<?>) exchange;
        return new PollResult.Dark(round.poll(), round.at(), SourceState.BLIND, failed.why(), failed.detail());
    }

    /* The API's own errors are JSON; where no router leads to it, somebody says "404 page not found". */
    private static boolean ofTheApi(Exchange.Refused<?> refused) {
        return refused.bodyStart().startsWith("{\"message\":");
    }
}
