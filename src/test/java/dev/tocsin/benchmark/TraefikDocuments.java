package dev.tocsin.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What Traefik 3.7 answers when it has many services of three checked servers each, spelt as the recorded answers are: 550
 * bytes a service, as measured on 5,000. Stateless.
 *
 * <p>Between two answers nothing differs but what was changed: so does the real one, which sorts by name.
 */
final class TraefikDocuments {
    static final int SERVERS = 3;

    private TraefikDocuments() {}

    /** The list of that many HTTP services, all servers up. */
    static byte[] services(int services) {
        StringBuilder text = new StringBuilder(600 * services + 400);
        text.append("[{\"status\":\"enabled\",\"usedBy\":[\"api@internal\"],\"name\":\"api@internal\"");
        text.append(",\"provider\":\"internal\"}");
        for (int i = 0; i < services; i++) {
            service(text.append(','), i);
        }
        return bytes(text.append(']'));
    }

    private static void service(StringBuilder text, int i) {
        text.append("{\"loadBalancer\":{\"servers\":[");
        for (int n = 0; n < SERVERS; n++) {
            text.append(n == 0 ? "" : ",")
                    .append("{\"url\":\"")
                    .append(url(i, n))
                    .append("\"}");
        }
        text.append("],\"strategy\":\"wrr\",\"healthCheck\":{\"mode\":\"http\",\"path\":\"/health\"");
        text.append(",\"interval\":\"5s\",\"timeout\":\"1s\",\"followRedirects\":true},\"passHostHeader\":true");
        text.append(",\"responseForwarding\":{\"flushInterval\":\"100ms\"}},\"status\":\"enabled\",\"usedBy\":[\"");
        text.append(name(i)).append("\"],\"name\":\"").append(name(i));
        text.append("\",\"provider\":\"file\",\"type\":\"loadbalancer\",\"serverStatus\":{");
        for (int n = 0; n < SERVERS; n++) {
            text.append(n == 0 ? "" : ",").append('"').append(url(i, n)).append("\":\"UP\"");
        }
        text.append("}}");
    }

    /** The metrics page, with the gauges of all servers; no service has had traffic. */
    static byte[] metrics(int services, Instant lastReload) {
        StringBuilder text = new StringBuilder(300 * services + 400);
        text.append("# TYPE go_goroutines gauge\ngo_goroutines 82\n");
        text.append("# TYPE traefik_config_last_reload_success gauge\ntraefik_config_last_reload_success ");
        text.append(lastReload.getEpochSecond()).append('\n');
        text.append("# TYPE traefik_config_reloads_total counter\ntraefik_config_reloads_total 1\n");
        text.append("# TYPE traefik_service_server_up gauge\n");
        for (int i = 0; i < services; i++) {
            for (int n = 0; n < SERVERS; n++) {
                text.append("traefik_service_server_up{service=\"").append(name(i));
                text.append("\",url=\"").append(url(i, n)).append("\"} 1\n");
            }
        }
        return bytes(text);
    }

    private static String name(int i) {
        return "service-" + (10_000 + i) + "@file";
    }

    private static String url(int i, int n) {
        return "http://10." + (n + 1) + "." + (i >> 8 & 255) + "." + (i & 255) + ":8080";
    }

    private static byte[] bytes(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
