package dev.tocsin.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a Traefik says of its configuration, in the forms of v3.7, sorted by name. Stateless. */
final class TraefikForm {
    static final String VERSION = "3.7.9";
    private static final String INTERNAL = "@internal";
    /** Of {@code math.MaxInt}: its own routers come before all others. */
    private static final Map<String, Long> INTERNAL_ROUTERS = Map.of(
            "api", Long.MAX_VALUE - 1,
            "ping", Long.MAX_VALUE,
            "prometheus", Long.MAX_VALUE);

    private static final Map<String, String> PREFIXES =
            Map.of("api", "/api", "ping", "/ping", "prometheus", "/metrics");

    private TraefikForm() {}

    static Map<String, Object> version(Instant started) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("Version", VERSION);
        form.put("Codename", "cheddar");
        form.put("startDate", started.toString());
        return form;
    }

    static List<Map<String, Object>> services(Balancer balancer) {
        Map<String, Map<String, Object>> forms = new TreeMap<>();
        for (String own : List.of("api", "noop", "ping", "prometheus")) {
            Map<String, Object> form = new LinkedHashMap<>();
            form.put("status", "enabled");
            if (!own.equals("noop")) {
                form.put("usedBy", List.of(own + INTERNAL));
            }
            named(form, own + INTERNAL);
            forms.put(own + INTERNAL, form);
        }
        balancer.services().forEach((name, service) -> forms.put(name, service(name, service, balancer)));
        return List.copyOf(forms.values());
    }

    private static Map<String, Object> service(String name, Balancer.Service service, Balancer balancer) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("loadBalancer", loadBalancer(service));
        form.put("status", "enabled");
        form.put("usedBy", List.of(name));
        named(form, name);
        form.put("type", "loadbalancer");
        if (!service.servers().isEmpty()) {
            Map<String, String> status = new TreeMap<>();
            service.servers().forEach(server -> status.put(url(server), balancer.up(name, server) ? "UP" : "DOWN"));
            form.put("serverStatus", status);
        }
        return form;
    }

    private static Map<String, Object> loadBalancer(Balancer.Service service) {
        Map<String, Object> form = new LinkedHashMap<>();
        if (!service.servers().isEmpty()) {
            List<Map<String, String>> servers = new ArrayList<>();
            service.servers().forEach(server -> servers.add(Map.of("url", url(server))));
            form.put("servers", servers);
        }
        form.put("strategy", "wrr");
        if (service.check() != null) {
            Map<String, Object> check = new LinkedHashMap<>();
            check.put("mode", "http");
            check.put("path", "/health");
            check.put("interval", duration(service.check().intervalMillis()));
            check.put("timeout", duration(service.check().timeoutMillis()));
            check.put("followRedirects", true);
            form.put("healthCheck", check);
        }
        form.put("passHostHeader", true);
        form.put("responseForwarding", Map.of("flushInterval", "100ms"));
        return form;
    }

    /* As Go prints one: 1m30s, 2s. */
    private static String duration(long millis) {
        Duration span = Duration.ofMillis(millis);
        return (span.toMinutes() == 0 ? "" : span.toMinutes() + "m") + span.toSecondsPart() + "s";
    }

    private static void named(Map<String, Object> form, String name) {
        form.put("name", name);
        form.put("provider", name.substring(name.indexOf('@') + 1));
    }

    static String url(String server) {
        return "http://" + server;
    }

    /** One of each service, of the same name. */
    static List<Map<String, Object>> routers(Balancer balancer) {
        Map<String, Map<String, Object>> forms = new TreeMap<>();
        INTERNAL_ROUTERS.forEach((own, priority) -> forms.put(
                own + INTERNAL,
                router(
                        own + INTERNAL,
                        "traefik",
                        own + INTERNAL,
                        "PathPrefix(`" + PREFIXES.get(own) + "`)",
                        priority)));
        balancer.services().keySet().forEach(name -> {
            String service = name.substring(0, name.indexOf('@'));
            String rule = "Host(`" + service + ".test`)";
            forms.put(name, router(name, "web", service, rule, rule.length()));
        });
        return List.copyOf(forms.values());
    }

    private static Map<String, Object> router(String name, String entry, String service, String rule, long priority) {
        Map<String, Object> observed = new LinkedHashMap<>();
        observed.put("accessLogs", true);
        observed.put("metrics", true);
        observed.put("tracing", true);
        observed.put("traceVerbosity", "minimal");
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("entryPoints", List.of(entry));
        form.put("service", service);
        form.put("rule", rule);
        if (name.endsWith(INTERNAL)) {
            form.put("ruleSyntax", "default");
        }
        form.put("priority", priority);
        form.put("observability", observed);
        form.put("status", "enabled");
        form.put("using", List.of(entry));
        named(form, name);
        form.put("priorityStr", String.valueOf(priority));
        return form;
    }

    static Map<String, Object> overview(Balancer balancer) {
        int own = balancer.services().size();
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("http", protocol(own + INTERNAL_ROUTERS.size(), own + INTERNAL_ROUTERS.size() + 1));
        form.put("tcp", protocol(0, 0));
        Map<String, Object> udp = protocol(0, 0);
        udp.remove("middlewares");
        form.put("udp", udp);
        form.put("certificates", section(0));
        Map<String, Object> features = new LinkedHashMap<>();
        features.put("tracing", "");
        features.put("metrics", "Prometheus");
        features.put("accessLog", false);
        form.put("features", features);
        form.put("providers", List.of("File"));
        return form;
    }

    private static Map<String, Object> protocol(int routers, int services) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("routers", section(routers));
        form.put("services", section(services));
        form.put("middlewares", section(0));
        return form;
    }

    private static Map<String, Object> section(int total) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("total", total);
        form.put("warnings", 0);
        form.put("errors", 0);
        return form;
    }
}
