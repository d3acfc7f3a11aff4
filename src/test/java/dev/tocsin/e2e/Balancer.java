package dev.tocsin.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * A server that answers as a Traefik 3 of one configuration does: its services have a health check each, and their servers
 * are up or down as the test says. Thread-safe: concurrent maps.
 */
final class Balancer implements AutoCloseable {
    private final Map<String, List<String>> serversOf = new ConcurrentSkipListMap<>();
    private final Map<String, Boolean> upBy = new ConcurrentHashMap<>();
    private final Instant started = Instant.now();
    private final HttpServer server;

    Balancer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param addresses of its servers, {@code host:port} */
    void serve(String service, List<String> addresses) {
        serversOf.put(service, addresses.stream().map(at -> "http://" + at).toList());
        health(service, true);
    }

    /** What its checks say of all servers of a service from now on. */
    void health(String service, boolean up) {
        serversOf.get(service).forEach(url -> upBy.put(url, up));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = body(exchange.getRequestURI().getPath());
        byte[] bytes = (body.isEmpty() ? "404 page not found\n" : body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Next-Page", "1");
        exchange.sendResponseHeaders(body.isEmpty() ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String body(String path) {
        return switch (path) {
            case "/api/version" -> "{\"Version\":\"3.7.9\",\"Codename\":\"langres\",\"startDate\":\"" + started + "\"}";
            case "/api/overview" -> "{}";
            case "/api/http/services" ->
                serversOf.keySet().stream().map(this::service).collect(Collectors.joining(",", "[", "]"));
            case "/api/tcp/services",
                    "/api/http/routers",
                    "/api/tcp/routers",
                    "/api/http/middlewares",
                    "/api/certificates" -> "[]";
            case "/metrics" -> metrics();
            default -> "";
        };
    }

    private String service(String name) {
        List<String> urls = serversOf.get(name);
        String servers = urls.stream().map(url -> "{\"url\":\"" + url + "\"}").collect(Collectors.joining(","));
        String statuses = urls.stream()
                .map(url -> "\"" + url + "\":\"" + (upBy.get(url) ? "UP" : "DOWN") + "\"")
                .collect(Collectors.joining(","));
        return """
                {"loadBalancer":{"servers":[%s],"strategy":"wrr","healthCheck":{"mode":"http","path":"/","interval":"1s",\
                "timeout":"500ms"}},"status":"enabled","usedBy":["all@file"],"name":"%s","provider":"file",\
                "type":"loadbalancer","serverStatus":{%s}}""".formatted(servers, name, statuses);
    }

    private String metrics() {
        var page = new StringBuilder("traefik_config_reloads_total 1\ntraefik_config_last_reload_success "
                + started.getEpochSecond() + "\n");
        serversOf.forEach((service, urls) ->
                urls.forEach(url -> page.append("traefik_service_server_up{service=\"%s\",url=\"%s\"} %d%n"
                        .formatted(service, url, upBy.get(url) ? 1 : 0))));
        return page.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
