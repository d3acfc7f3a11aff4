package dev.tocsin.join;

import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import dev.tocsin.health.TargetIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Targets as both kinds of sources would tell them; random ones know which process each is of. */
final class Fleets {
    static final Source PROM = new Source("prom-a", "eu", SourceKind.PROMETHEUS);
    static final Source EDGE = new Source("edge-1", "eu", SourceKind.TRAEFIK);
    private static final List<String> JOBS = List.of("checkout", "search", "node", "cart");

    private final Random random;

    /** The process behind each target, by its id. */
    final Map<String, Integer> processOf = new HashMap<>();

    final List<Target> targets = new ArrayList<>();

    /** A fleet of some 40 processes on fewer hosts, a few of them on loopback, some probed. */
    Fleets(long seed) {
        random = new Random(seed);
        for (int process = 0; process < 40; process++) {
            add(process);
        }
    }

    private void add(int process) {
        boolean loopback = random.nextInt(8) == 0;
        String host = loopback ? pick("127.0.0.1", "localhost", "[::1]") : host(random.nextInt(25));
        int port = 8000 + process;
        int metrics = random.nextBoolean() ? port : 9000 + process;
        int service = random.nextInt(6);
        if (random.nextInt(4) > 0) {
            know(process, loopback, server(EDGE, "s" + service + "@file", "http://" + host + ":" + port));
        }
        if (random.nextInt(4) == 0) {
            know(
                    process,
                    loopback,
                    server(EDGE, "copy" + service + "@file", "HTTP://" + host.toUpperCase(Locale.ROOT) + ":" + port));
        }
        if (random.nextInt(4) > 0) {
            know(
                    process,
                    loopback,
                    scraped(PROM, pick(JOBS), "relabelled-" + process, "http://" + host + ":" + metrics + "/metrics"));
        }
        if (random.nextInt(3) == 0) {
            know(
                    process,
                    loopback,
                    scraped(
                            PROM,
                            "blackbox",
                            "http://" + host + ":" + port + "/up",
                            "http://" + host(0) + ":9115/probe?module=http_2xx&target=http%3A%2F%2F" + host + "%3A"
                                    + port + "%2Fup"));
        }
    }

    /* What is on loopback is another process for each who says so. */
    private void know(int process, boolean loopback, Target target) {
        targets.add(target);
        processOf.put(target.id(), loopback ? -targets.size() : process);
    }

    static String host(int number) {
        return number % 3 == 0 ? "[2001:db8::" + Integer.toHexString(number + 1) + "]" : "10.0.0." + (number + 1);
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    static Target server(Source source, String service, String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        Map<String, String> labels = Map.of("service", service, "protocol", "http");
        String provider = service.substring(service.indexOf('@') + 1);
        int start = lower.indexOf("://");
        String instance = start < 0 ? lower : lower.substring(start + 3);
        return new Target(
                TargetIds.of(source.name(), provider, url, labels), source, service, instance, provider, url, labels);
    }

    static Target scraped(Source source, String job, String instance, String url) {
        return scraped(source, job, instance, url, Map.of());
    }

    static Target scraped(Source source, String job, String instance, String url, Map<String, String> more) {
        Map<String, String> labels = new HashMap<>(more);
        labels.put("job", job);
        labels.put("instance", instance);
        return new Target(TargetIds.of(source.name(), job, url, labels), source, job, instance, job, url, labels);
    }
}
