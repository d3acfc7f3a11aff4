package dev.tocsin.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The answers of a Traefik that runs, in the forms of v3.7. Stateless. */
final class TraefikAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PER_PAGE = 100;

    private TraefikAnswers() {}

    static Reply of(Asked asked, Balancer balancer) {
        return switch (asked.path()) {
            case "/ping" -> new Reply.Answer(200, "text/plain", "OK", Map.of());
            case "/metrics" ->
                new Reply.Answer(
                        200,
                        "text/plain; version=0.0.4; charset=utf-8; escaping=underscores",
                        TraefikMetricsForm.of(balancer),
                        Map.of());
            case "/api/version" -> json(TraefikForm.version(Instant.ofEpochMilli(balancer.startMillis())), "");
            case "/api/overview" -> json(TraefikForm.overview(balancer), "\n");
            case "/api/http/services" -> page(asked, TraefikForm.services(balancer));
            case "/api/http/routers" -> page(asked, TraefikForm.routers(balancer));
            case "/api/http/middlewares",
                    "/api/tcp/services",
                    "/api/tcp/routers",
                    "/api/tcp/middlewares",
                    "/api/udp/services",
                    "/api/udp/routers",
                    "/api/certificates" -> page(asked, List.of());
            default -> noRouter();
        };
    }

    /** What is said where no router leads anywhere: for a wrong path, and while there is no configuration. */
    static Reply noRouter() {
        return new Reply.Answer(
                404, "text/plain; charset=utf-8", "404 page not found\n", Map.of("X-Content-Type-Options", "nosniff"));
    }

    /* As its pages are: 100 by default, the last one says that the next is 1, one beyond it is refused. */
    private static Reply page(Asked asked, List<Map<String, Object>> list) {
        String status = asked.parameter("status");
        List<Map<String, Object>> all = list.stream()
                .filter(each -> status.isEmpty() || status.equalsIgnoreCase(String.valueOf(each.get("status"))))
                .toList();
        long page = number(asked.parameter("page"), 1);
        long size = number(asked.parameter("per_page"), PER_PAGE);
        if (page <= 0 || size <= 0) {
            return refused("invalid request: page: " + page);
        }
        long from = page == 1 ? 0 : Math.multiplyExact(page - 1, size);
        if (from > 0 && from >= all.size()) {
            return refused("invalid request: page: " + page + ", per_page: " + size);
        }
        long to = Math.min(all.size(), from + Math.min(size, all.size()));
        String next = String.valueOf(to < all.size() ? page + 1 : 1);
        return new Reply.Answer(
                200, "application/json", text(all.subList((int) from, (int) to)) + "\n", Map.of("X-Next-Page", next));
    }

    private static long number(String text, long otherwise) {
        return text.isEmpty() ? otherwise : text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }

    private static Reply refused(String why) {
        return new Reply.Answer(
                400,
                "text/plain; charset=utf-8",
                text(Map.of("message", why)) + "\n",
                Map.of("X-Content-Type-Options", "nosniff"));
    }

    private static Reply json(Map<String, Object> tree, String end) {
        return Reply.json(text(tree) + end);
    }

    private static String text(Object tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts have a JSON form", e);
        }
    }
}
