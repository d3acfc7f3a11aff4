package dev.tocsin.simulation;

import dev.tocsin.health.Moment;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceState;
import dev.tocsin.poll.VirtualPoller;
import dev.tocsin.sim.Balancer;
import dev.tocsin.sim.Checks;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.TraefikAside;
import dev.tocsin.source.TraefikMetrics;
import dev.tocsin.source.TraefikRound;
import dev.tocsin.source.TraefikServers;
import dev.tocsin.source.TraefikService;
import dev.tocsin.source.TraefikVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A Traefik in virtual time: the balancer of the simulated fleet, read in rounds by the production reader. */
final class VirtualTraefik {
    private static final int STATUS_NOT_FOUND = 404;

    final Source source;
    private final Supplier<Map<String, Balancer.Service>> configured;
    private final Duration poll;
    private final Balancer balancer;
    private final Set<String> known = new HashSet<>();
    private TraefikServers reader;
    private int readerLife;
    private long nowMillis;
    private long loadedMillis;

    /** Its process is gone. */
    boolean refuses;

    /** It has no configuration yet, and answers 404. */
    boolean starting;

    /** We get no answer from it; it goes on checking. */
    boolean unseen;

    SourceState.Why darkWhy = SourceState.Why.REFUSED;

    /** Its checks reach nothing. */
    boolean isolated;

    /** Its configuration is empty, whatever its providers say. */
    boolean empty;

    /**
     * It takes another configuration each second, each second one without this service: no round is whole, and the part
     * of the list where it would stand is always of a configuration that has none.
     */
    String churned = "";

    /** Services of which the check is taken from the configuration; none is as a rule. */
    final Set<String> unchecked = new HashSet<>();

    /** How long an answer takes. */
    int latencySeconds;

    long skewMillis;

    /** @param startedMillis when it took its configuration: the phase of its clocks */
    VirtualTraefik(
            Source source,
            Supplier<Map<String, Balancer.Service>> configured,
            Checks.Reach reach,
            Duration poll,
            long startedMillis,
            long nowMillis) {
        this.source = source;
        this.configured = configured;
        this.poll = poll;
        this.nowMillis = nowMillis;
        this.balancer = new Balancer((service, server) -> isolated ? Checks.Answer.FAILS : reach.of(service, server));
        loadedMillis = startedMillis;
        balancer.start(configuration(), startedMillis, startedMillis);
        balancer.pass(nowMillis);
    }

    Balancer balancer() {
        return balancer;
    }

    /** Whether it gives no answer of use. */
    boolean silent() {
        return refuses || unseen || starting;
    }

    /** The true time. */
    long nowMillis() {
        return nowMillis;
    }

    /** When it took its configuration, in true time. */
    long loadedMillis() {
        return loadedMillis;
    }

    void second(long millis) {
        nowMillis = millis;
        if (refuses || starting) {
            return;
        }
        balancer.pass(nowMillis);
        if (!churned.isEmpty()) {
            reload();
        }
    }

    void restart() {
        refuses = false;
        starting = false;
        loadedMillis = nowMillis;
        balancer.start(configuration(), nowMillis, nowMillis + skewMillis);
    }

    /** Takes what its providers say now, were it the same. */
    void reload() {
        if (!refuses && !starting) {
            loadedMillis = nowMillis;
            balancer.load(configuration(), nowMillis, nowMillis + skewMillis);
        }
    }

    private Map<String, Balancer.Service> configuration() {
        if (empty) {
            return Map.of();
        }
        Map<String, Balancer.Service> services = new TreeMap<>(configured.get());
        services.replaceAll(
                (name, service) -> unchecked.contains(name) ? new Balancer.Service(service.servers(), null) : service);
        services.forEach((name, service) -> service.servers().forEach(server -> known.add(name + " " + server)));
        if (balancer != null && balancer.reloads() % 2 == 0) {
            services.remove(churned);
        }
        return services;
    }

    /** How many targets it has ever had. */
    int keys() {
        return known.size();
    }

    /** @param life of our process: what it knows of this server begins anew with each @param wall the true time */
    VirtualPoller.Reply ask(Moment now, Instant wall, int life) {
        if (reader == null || readerLife != life) {
            reader = new TraefikServers(source, Map.of(), poll, service -> false);
            readerLife = life;
        }
        TraefikServers reads = reader;
        if (refuses) {
            return new VirtualPoller.Reply(now.monoMillis(), this::refused);
        }
        Read first = read(wall);
        return new VirtualPoller.Reply(
                now.monoMillis() + 1_000L * latencySeconds,
                (number, at, tooLate) -> tooLate ? late(number, at) : ended(number, at, first, wall, reads));
    }

    private static PollResult late(long number, Moment at) {
        return new PollResult.Dark(number, at, SourceState.RELOADING, SourceState.Why.TIMEOUT, "no answer in time");
    }

    private PollResult refused(long number, Moment at, boolean tooLate) {
        return new PollResult.Dark(number, at, SourceState.BLIND, darkWhy, "no answer");
    }

    private PollResult ended(long number, Moment at, Read first, Instant wall, TraefikServers reads) {
        if (refuses || unseen) {
            return refused(number, at, false);
        } else if (starting) {
            return reads.read(
                    round(number, at, new Exchange.Failed<>(SourceState.Why.NOT_ASKED, ""), notFound(), null));
        }
        /* One that a reload tore is asked again at once; in a storm of them it is torn each time. */
        Read read = first.reloads == balancer.reloads() ? first : read(wall);
        long after = read.reloads + (churned.isEmpty() ? 0 : 1);
        return reads.read(round(number, at, read.before, read.services, metrics(wall, after, Map.of())));
    }

    private TraefikRound round(
            long number,
            Moment at,
            Exchange<TraefikMetrics> before,
            Exchange<List<TraefikService>> services,
            Exchange<TraefikMetrics> after) {
        Instant started = Instant.ofEpochMilli(balancer.startMillis());
        return new TraefikRound(
                number,
                at,
                before,
                services,
                new Exchange.Answered<>(List.of(), null),
                new Exchange.Answered<>(List.of(), null),
                new Exchange.Answered<>(false, null),
                new Exchange.Answered<>(new TraefikVersion("3.7.9", started), null),
                after,
                TraefikAside.NONE);
    }

    private static Exchange<List<TraefikService>> notFound() {
        return new Exchange.Refused<>(STATUS_NOT_FOUND, false, null, "text/plain", "404 page not found\n");
    }

    /** What a round has read before its second look at the metrics. */
    private record Read(long reloads, Exchange<TraefikMetrics> before, Exchange<List<TraefikService>> services) {}

    private Read read(Instant wall) {
        Map<String, Map<String, Boolean>> gauges = new HashMap<>();
        balancer.exported().forEach((service, servers) -> {
            Map<String, Boolean> of = gauges.computeIfAbsent(service, name -> new HashMap<>());
            servers.forEach((server, up) -> of.put(url(server), up));
        });
        return new Read(
                balancer.reloads(),
                metrics(wall, balancer.reloads(), gauges),
                new Exchange.Answered<>(services(), null));
    }

    private Exchange<TraefikMetrics> metrics(Instant wall, long reloads, Map<String, Map<String, Boolean>> gauges) {
        TraefikMetrics metrics = new TraefikMetrics(reloads, Math.floorDiv(balancer.loadedMillis(), 1_000L), gauges);
        return new Exchange.Answered<>(metrics, wall.plusMillis(skewMillis));
    }

    private List<TraefikService> services() {
        List<TraefikService> services = new ArrayList<>();
        services.add(new TraefikService(
                TraefikService.Protocol.HTTP,
                "api@internal",
                "internal",
                null,
                false,
                null,
                List.of(),
                null,
                List.of()));
        balancer.services().forEach((name, service) -> {
            if (!name.equals(churned)) {
                services.add(service(name, service));
            }
        });
        return services;
    }

    private TraefikService service(String name, Balancer.Service service) {
        Balancer.Check check = service.check();
        return new TraefikService(
                TraefikService.Protocol.HTTP,
                name,
                name.substring(name.indexOf('@') + 1),
                null,
                true,
                check == null
                        ? null
                        : new TraefikService.Check((int) check.intervalMillis(), (int) check.timeoutMillis(), true),
                service.servers().stream()
                        .map(server -> new TraefikService.Server(url(server), balancer.up(name, server)))
                        .toList(),
                null,
                List.of(name));
    }

    private static String url(String server) {
        return "http://" + server;
    }
}
