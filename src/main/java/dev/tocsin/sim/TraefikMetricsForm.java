package dev.tocsin.sim;

import java.util.Locale;
import java.util.Map;

/** A Traefik's metrics, in the text form: those that tell of its configuration and its checks. */
final class TraefikMetricsForm {
    private final StringBuilder text = new StringBuilder();

    private TraefikMetricsForm() {}

    /** An export: it makes what has left the configuration leave the metrics too. */
    static String of(Balancer balancer) {
        TraefikMetricsForm form = new TraefikMetricsForm();
        form.number(
                "process_start_time_seconds",
                "gauge",
                "Start time of the process since unix epoch in seconds.",
                balancer.startMillis() / 1e3);
        form.number(
                "traefik_config_last_reload_success",
                "gauge",
                "Last config reload success",
                Math.floorDiv(balancer.loadedMillis(), 1_000L));
        form.number("traefik_config_reloads_total", "counter", "Config reloads", balancer.reloads());
        form.servers(balancer.exported());
        return form.text.toString();
    }

    /* A metric without a series is not there. */
    private void servers(Map<String, Map<String, Boolean>> gauges) {
        if (gauges.isEmpty()) {
            return;
        }
        head("traefik_service_server_up", "gauge", "service server is up, described by gauge value of 0 or 1.");
        gauges.forEach((service, servers) ->
                servers.forEach((server, up) -> text.append("traefik_service_server_up{service=\"")
                        .append(service)
                        .append("\",url=\"")
                        .append(TraefikForm.url(server))
                        .append("\"} ")
                        .append(up ? 1 : 0)
                        .append('\n')));
    }

    private void number(String name, String type, String help, double value) {
        head(name, type, help);
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e6;
        String number = whole ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.12e", value);
        text.append(name).append(' ').append(number).append('\n');
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
