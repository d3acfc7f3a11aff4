package dev.tocsin.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one Traefik, what it says of its servers, and its gauges, as v3.7 has them. Confined: its owner;
 * pure, time is an argument.
 *
 * <p>Each configuration that it takes, were it the same, makes every server UP and starts the clocks of the checks anew;
 * the gauges stand as they were (facts/traefik.md sections 0 and 2).
 */
public final class Balancer {
    private final Checks.Reach reach;
    private final Map<String, Map<String, Found>> gauges = new TreeMap<>();
    private final Map<String, Checks> checks = new LinkedHashMap<>();
    private Map<String, Service> services = Map.of();
    private long startMillis;
    private long loadedMillis;
    private long reloads;

    public Balancer(Checks.Reach reach) {
        this.reach = reach;
    }

    /**
     * A service of its configuration.
     *
     * @param servers {@code HOST:PORT}, in their order
     * @param check null when nobody checks them
     */
    public record Service(List<String> servers, @Nullable Check check) {}

    /** A health check: how often, and how long it waits for each server. */
    public record Check(long intervalMillis, long timeoutMillis) {}

    /** What the last check of a server found, and when that was. */
    public record Found(boolean up, long atMillis) {}

    /** A new process begins, with that configuration. @param clockMillis now, by its own clock */
    public void start(Map<String, Service> configuration, long nowMillis, long clockMillis) {
        gauges.clear();
        reloads = 0;
        startMillis = clockMillis;
        load(configuration, nowMillis, clockMillis);
    }

    /** It takes a configuration, by name of the services. @param clockMillis now, by its own clock */
    public void load(Map<String, Service> configuration, long nowMillis, long clockMillis) {
        services = new TreeMap<>(configuration);
        reloads++;
        loadedMillis = clockMillis;
        checks.clear();
        services.forEach((name, service) -> {
            if (service.check() != null) {
                checks.put(name, new Checks(name, service.servers(), service.check(), reach, nowMillis));
            }
        });
    }

    /** Does the checks that have ended by then. */
    public void pass(long nowMillis) {
        checks.forEach(
                (name, of) -> of.pass(nowMillis, (server, found) -> gauges.computeIfAbsent(name, key -> new TreeMap<>())
                        .put(server, found)));
    }

    /** What the last check of that server found, of whatever configuration of this process; null before the first. */
    public @Nullable Found found(String service, String server) {
        return gauges.getOrDefault(service, Map.of()).get(server);
    }

    public Map<String, Service> services() {
        return services;
    }

    /** What it says of a server: true of each that no check has found otherwise since the last configuration. */
    public boolean up(String service, String server) {
        Checks of = checks.get(service);
        return of == null || of.up(server);
    }

    /**
     * The last check of each server by service, as an export of them has it: what has left the configuration is exported
     * once more, and then no more.
     */
    public Map<String, Map<String, Boolean>> exported() {
        Map<String, Map<String, Boolean>> told = new TreeMap<>();
        gauges.forEach((service, servers) -> {
            Map<String, Boolean> of = told.computeIfAbsent(service, key -> new TreeMap<>());
            servers.forEach((server, found) -> of.put(server, found.up()));
        });
        gauges.forEach((name, servers) -> {
            Service service = services.get(name);
            servers.keySet()
                    .removeIf(server -> service == null || !service.servers().contains(server));
        });
        gauges.values().removeIf(Map::isEmpty);
        return told;
    }

    /** How many configurations this process has taken. */
    public long reloads() {
        return reloads;
    }

    /** When it took the last one, by its own clock. */
    public long loadedMillis() {
        return loadedMillis;
    }

    /** By its own clock. */
    public long startMillis() {
        return startMillis;
    }
}
