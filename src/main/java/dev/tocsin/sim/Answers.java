package dev.tocsin.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answers of a server that runs, in the forms of Prometheus 3.14. Stateless but for the order of its lists. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SEGMENTS = 40; // of a log of some hours, a second each when it is replayed

    private final TargetsForm targets;

    Answers(TargetsForm targets) {
        this.targets = targets;
    }

    Reply of(Asked asked, Prometheus.State state, Map<String, Collection<Scraped>> pools) {
        return switch (asked.path()) {
            case "/-/ready" -> Reply.text(200, "Prometheus Server is Ready.\n");
            case "/-/healthy" -> Reply.text(200, "Prometheus Server is Healthy.\n");
            case "/metrics" ->
                new Reply.Answer(
                        200, "text/plain; version=0.0.4; charset=utf-8", MetricsForm.of(state, pools), Map.of());
            case "/api/v1/targets" -> success(targets.of(asked, state, pools));
            case "/api/v1/scrape_pools" -> success(Map.of("scrapePools", List.copyOf(pools.keySet())));
            case "/api/v1/status/runtimeinfo" -> success(runtimeInfo(state));
            case "/api/v1/status/buildinfo" -> success(buildInfo());
            case "/api/v1/status/walreplay" -> success(walReplay(state));
            case "/api/v1/query" -> query(asked, state, pools);
            default -> Reply.text(404, "404 page not found\n");
        };
    }

    private static Reply success(Map<String, ?> data) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("status", "success");
        envelope.put("data", data);
        return Reply.json(json(envelope));
    }

    private static String json(Object tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts have a JSON form", e);
        }
    }

    private static Map<String, Object> runtimeInfo(Prometheus.State state) {
        Map<String, Object> info = new LinkedHashMap<>();
        if (!state.hidesStart()) {
            info.put("startTime", Instant.ofEpochMilli(state.startMillis()).toString());
        }
        info.put("CWD", "/prometheus");
        info.put("hostname", "sim");
        info.put("serverTime", Instant.ofEpochMilli(state.nowMillis()).toString());
        if (!state.hidesStart()) {
            info.put("reloadConfigSuccess", state.reloaded());
        }
        info.put(
                "lastConfigTime",
                Instant.ofEpochSecond(Math.floorDiv(state.startMillis(), 1_000L))
                        .toString());
        info.put("corruptionCount", 0);
        info.put("goroutineCount", 34);
        info.put("GOMAXPROCS", 2);
        info.put("GOMEMLIMIT", 22_747_314_585L);
        info.put("GOGC", "75");
        info.put("GODEBUG", "");
        info.put("storageRetention", "15d");
        return info;
    }

    private static Map<String, Object> buildInfo() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("version", MetricsForm.VERSION);
        info.put("revision", "simulated");
        info.put("branch", "HEAD");
        info.put("buildUser", "");
        info.put("buildDate", "");
        info.put("goVersion", "go1.26.8");
        return info;
    }

    private static Map<String, Object> walReplay(Prometheus.State state) {
        boolean replays = state.replayingMillis() != Prometheus.State.REPLAYED;
        Map<String, Object> replay = new LinkedHashMap<>();
        replay.put("min", 0);
        replay.put("max", replays ? SEGMENTS : 0);
        replay.put("current", replays ? Math.min(SEGMENTS - 1, state.replayingMillis() / 1_000) : 0);
        return replay;
    }

    /* The one series that tells what the target list tells. More would be a query engine. */
    private static Reply query(Asked asked, Prometheus.State state, Map<String, Collection<Scraped>> pools) {
        String query = asked.parameter("query").replace(" ", "");
        if (!query.matches("up(==[01])?")) {
            return new Reply.Answer(
                    422,
                    "application/json",
                    json(error("execution", "this simulated server evaluates only up, up == 0 and up == 1")),
                    Map.of());
        }
        List<Map<String, Object>> result = pools.values().stream()
                .flatMap(Collection::stream)
                .filter(target -> target.startedMillis() != Scraped.NEVER)
                .filter(target -> query.equals("up") || query.endsWith(up(target)))
                .map(target -> sample(target, state.nowMillis()))
                .toList();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("resultType", "vector");
        data.put("result", result);
        return success(data);
    }

    private static String up(Scraped target) {
        return target.error().isEmpty() ? "1" : "0";
    }

    private static Map<String, Object> sample(Scraped target, long nowMillis) {
        Map<String, String> metric = new LinkedHashMap<>();
        metric.put("__name__", "up");
        metric.put("instance", target.target.instance());
        metric.put("job", target.target.job().name());
        Map<String, Object> sample = new LinkedHashMap<>();
        sample.put("metric", metric);
        sample.put("value", List.of(nowMillis / 1e3, up(target)));
        return sample;
    }

    private static Map<String, String> error(String type, String text) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("status", "error");
        error.put("errorType", type);
        error.put("error", text);
        return error;
    }
}
