package dev.tocsin.source;

import static dev.tocsin.source.TraefikRound.body;

import dev.tocsin.health.FindingKind;
import dev.tocsin.health.PollResult.Warning;
import dev.tocsin.health.Source;
import dev.tocsin.source.TraefikService.Protocol;
import dev.tocsin.source.TraefikService.Server;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is amiss in the configuration of a Traefik, with its own words for it. Pure. */
final class TraefikWarnings {
    private static final int WARNINGS_MAX = 1_000; // x ~1 KB = 1 MB: more are no news to anybody
    private static final int CERTIFICATES_MAX = 100;
    /* Empty by design (facts/traefik.md section 2). */
    private static final String DENY_UNKNOWN_HOST = "deny-unknown-host@kubernetesgateway";

    private TraefikWarnings() {}

    /**
     * The warnings of one round.
     *
     * @param led whom clients are led to
     * @param two whether it is a v2
     * @param starved services at which no check is known to have looked for too long
     */
    static List<Warning> of(
            Source source, TraefikRound round, List<TraefikService> services, LedTo led, boolean two, int starved) {
        boolean bare = services.stream().allMatch(TraefikService::internal);
        List<Warning> warnings = new ArrayList<>();
        Map<String, String> self = Map.of("source", source.name());
        if (TraefikRound.noRouters(round.http(), round.tcp()) && Boolean.FALSE.equals(body(round.otherRouters()))) {
            warnings.add(new Warning(
                    FindingKind.CONFIGURATION_LOST,
                    self,
                    "it serves no router but its own" + (bare ? ", and has no service: clients get 404" : "")));
        }
        if (starved > 0) {
            warnings.add(new Warning(
                    FindingKind.HEALTH_DATA_STARVED,
                    self,
                    "no check is known to have run of servers of " + starved
                            + " services: its configuration changes more often than they are checked"));
        }
        certificates(round, warnings);
        List<TraefikService> udp = round.aside().udp();
        LedTo ledUdp = LedTo.of(udp);
        warnings.addAll(UncheckedServices.of(services, led, two));
        warnings.addAll(UncheckedServices.ofUdp(udp, ledUdp));
        services.forEach(service -> service(service, led, warnings));
        udp.forEach(service -> service(service, ledUdp, warnings));
        broken(round, services, warnings);
        return List.copyOf(warnings.subList(0, Math.min(WARNINGS_MAX, warnings.size())));
    }

    /* Two of one name, as of two kinds of key: the one that ends first. The text stands while the finding does. */
    private static void certificates(TraefikRound round, List<Warning> warnings) {
        Map<String, Certificate> first = new TreeMap<>();
        round.aside().certificates().stream()
                .filter(each -> each.expiring(round.at().wall()))
                .forEach(each ->
                        first.merge(each.name(), each, (a, b) -> a.notAfter().isBefore(b.notAfter()) ? a : b));
        first.values().stream()
                .limit(CERTIFICATES_MAX)
                .forEach(each -> warnings.add(new Warning(
                        FindingKind.CERTIFICATE_EXPIRING,
                        Map.of("certificate", each.name()),
                        "it is valid until " + each.notAfter())));
    }

    /* A router says the error of its service or middleware again. */
    private static void broken(TraefikRound round, List<TraefikService> services, List<Warning> warnings) {
        Set<String> said = new HashSet<>();
        services.forEach(service -> said.add(String.valueOf(service.error())));
        round.aside().brokenMiddlewares().forEach(middleware -> {
            said.add(middleware.error());
            warnings.add(warning(middleware));
        });
        List<Broken> routers = body(round.broken());
        Stream.concat((routers == null ? List.<Broken>of() : routers).stream(), round.aside().tcpRouters().stream())
                .filter(router -> !said.contains(router.error()))
                .forEach(router -> warnings.add(warning(router)));
    }

    private static Warning warning(Broken broken) {
        return new Warning(FindingKind.ROUTER_ERROR, Map.of(broken.part(), broken.name()), broken.error());
    }

    private static void service(TraefikService service, LedTo led, List<Warning> warnings) {
        Map<String, String> subject = Map.of("service", service.name());
        if (service.error() != null) {
            warnings.add(new Warning(FindingKind.ROUTER_ERROR, subject, service.error()));
        } else if (service.balancer()
                && led.contains(service)
                && !service.name().equals(DENY_UNKNOWN_HOST)) {
            if (service.servers().isEmpty()) {
                warnings.add(new Warning(
                        FindingKind.SERVICE_WITHOUT_SERVERS,
                        subject,
                        "it has no server: "
                                + (service.protocol() == Protocol.HTTP
                                        ? "its clients get 503"
                                        : "nobody answers its clients")));
            } else if (service.servers().stream().allMatch(Server::fenced)) {
                warnings.add(new Warning(
                        FindingKind.SERVICE_WITHOUT_SERVERS,
                        subject,
                        "all its servers are fenced (on their way out): none is there for a new client"));
            }
        }
    }
}
