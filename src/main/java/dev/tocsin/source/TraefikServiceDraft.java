package dev.tocsin.source;

import dev.tocsin.source.Composition.Child;
import dev.tocsin.source.Composition.Form;
import dev.tocsin.source.TraefikService.Check;
import dev.tocsin.source.TraefikService.Protocol;
import dev.tocsin.source.TraefikService.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One service while its fields come in, one after another. Confined: its decoder. */
final class TraefikServiceDraft {
    private static final int INTERVAL_DEFAULT = 30_000;
    private static final int TIMEOUT_DEFAULT = 5_000;
    private static final int WEIGHT_DEFAULT = 1;
    private static final int ERROR_MAX = 512;
    private static final int SERVERS_KEPT = 64;
    private static final String OWN_ROUTER = "@" + TraefikService.INTERNAL;

    private final TraefikMemo memo;
    private final Durations intervals = new Durations(INTERVAL_DEFAULT);
    private final Durations timeouts = new Durations(TIMEOUT_DEFAULT);
    private String name = "";
    private String provider = "";
    private boolean disabled;
    private String error = "";
    private boolean balancer;
    private boolean checked;
    private int interval;
    private int timeout;
    private boolean pathGiven;
    private final List<String> usedBy = new ArrayList<>();
    private @Nullable Form form;
    private boolean dropsTheDead;
    private String main = "";
    private String fallback = "";
    private String child = "";
    private int weight;
    /** By name as it stands there, with their weights. */
    private final Map<String, Integer> children = new LinkedHashMap<>();

    private String url = "";
    private boolean fenced;
    /** By URL whether it is fenced. */
    private Map<String, Boolean> urls = new LinkedHashMap<>();

    private Map<String, Boolean> statuses = new HashMap<>();

    TraefikServiceDraft(TraefikMemo memo) {
        this.memo = memo;
    }

    /** Another service begins. */
    void begin() {
        name = "";
        provider = "";
        disabled = false;
        error = "";
        balancer = false;
        checked = false;
        interval = INTERVAL_DEFAULT;
        timeout = TIMEOUT_DEFAULT;
        pathGiven = false;
        usedBy.clear();
        form = null;
        dropsTheDead = false;
        main = "";
        fallback = "";
        children.clear();
        /* To clear one costs what the most of any service cost. */
        if (urls.size() + statuses.size() > SERVERS_KEPT) {
            urls = new LinkedHashMap<>();
            statuses = new HashMap<>();
        } else {
            urls.clear();
            statuses.clear();
        }
    }

    void named(String text) {
        name = memo.names.of(text);
    }

    void provider(String text) {
        provider = text;
    }

    void status(String text) {
        disabled = text.equals("disabled");
    }

    /** The first of its errors says it; the others follow from it. */
    void error(String text) {
        error = error.isEmpty() ? UrlRedactor.redactText(CleanText.of(text, ERROR_MAX)) : error;
    }

    void usedBy(String router) {
        if (!router.endsWith(OWN_ROUTER)) {
            usedBy.add(memo.routers.of(router));
        }
    }

    void composed(Form as) {
        form = as;
    }

    void dropsTheDead() {
        dropsTheDead = true;
    }

    void main(String name) {
        main = name;
    }

    void fallback(String name) {
        fallback = name;
    }

    void childBegins() {
        child = "";
        weight = WEIGHT_DEFAULT;
    }

    void child(String name) {
        child = name;
    }

    void weight(int told) {
        weight = told;
    }

    /** Two of one name are one with the weight of both; Traefik ignores a child without weight. */
    void childEnds() {
        if (!child.isEmpty() && weight > 0) {
            children.merge(child, weight, (a, b) -> (int) Math.min(Integer.MAX_VALUE, (long) a + b));
        }
    }

    void balancer() {
        balancer = true;
    }

    void serverBegins() {
        url = "";
        fenced = false;
    }

    void server(String typed) {
        url = memo.urls.of(typed);
    }

    void fenced() {
        fenced = true;
    }

    /** Two of one URL are one server, which takes everybody when one of them does. */
    void serverEnds() {
        if (!url.isEmpty()) {
            urls.merge(url, fenced, Boolean::logicalAnd);
        }
    }

    void checked() {
        checked = true;
    }

    void interval(String text) {
        interval = intervals.millis(text);
    }

    void timeout(String text) {
        timeout = timeouts.millis(text);
    }

    void path(String text) {
        pathGiven = !text.isEmpty();
    }

    /** Two keys may be one server to us: the worse one counts. */
    void serverStatus(String key, boolean up) {
        statuses.merge(memo.statuses.of(key), up, Boolean::logicalAnd);
    }

    /** What it lacks to be a service of a Traefik; null when it is one. */
    @Nullable
    String missing() {
        if (name.isEmpty()) {
            return "name";
        }
        return provider.isEmpty() ? "provider" : null;
    }

    boolean overlong() {
        return overlong(name)
                || overlong(provider)
                || overlong(main)
                || overlong(fallback)
                || form != null && children.keySet().stream().anyMatch(TraefikServiceDraft::overlong);
    }

    private static boolean overlong(String text) {
        return text.length() > TargetDraft.VALUE_MAX;
    }

    TraefikService service(Protocol protocol) {
        List<Server> servers = new ArrayList<>(urls.size());
        urls.forEach((each, apart) -> {
            if (each.length() <= ServerUrl.LENGTH_MAX) {
                servers.add(new Server(each, statuses.get(each), apart));
            }
        });
        return new TraefikService(
                protocol,
                name,
                provider,
                disabled ? error : null,
                balancer,
                checked ? new Check(interval, timeout, pathGiven) : null,
                servers,
                form == null ? null : composition(form),
                usedBy);
    }

    /** Durations of one kind: the last is read once, as most services say the same. Confined: its draft. */
    private static final class Durations {
        private final int fallback;
        private String text = "";
        private int millis;

        Durations(int fallback) {
            this.fallback = fallback;
            this.millis = fallback;
        }

        int millis(String told) {
            if (!told.equals(text)) {
                text = told;
                millis = GoDuration.millis(told, fallback);
            }
            return millis;
        }
    }

    private Composition composition(Form as) {
        List<Child> led = new ArrayList<>();
        switch (as) {
            case WEIGHTED, HIGHEST_RANDOM_WEIGHT ->
                children.forEach((each, share) -> led.add(new Child(qualified(each), share)));
            case MIRRORING, FAILOVER ->
                Stream.of(main, fallback)
                        .filter(each -> !each.isEmpty())
                        .distinct()
                        .forEach(each -> led.add(new Child(qualified(each), WEIGHT_DEFAULT)));
        }
        return new Composition(as, dropsTheDead, led);
    }

    private String qualified(String each) {
        return memo.names.of(each.contains("@") ? each : each + "@" + provider);
    }
}
