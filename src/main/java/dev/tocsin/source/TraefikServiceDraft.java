package dev.tocsin.source;

import dev.tocsin.source.TraefikService.Check;
import dev.tocsin.source.TraefikService.Protocol;
import dev.tocsin.source.TraefikService.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One service while its fields come in, one after another. Confined: its decoder. */
final class TraefikServiceDraft {
    private static final int INTERVAL_DEFAULT = 30_000;
    private static final int TIMEOUT_DEFAULT = 5_000;
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
    private final CompositionDraft composition;

    private String url = "";
    private boolean fenced;
    /** By URL whether it is fenced. */
    private Map<String, Boolean> urls = new LinkedHashMap<>();

    private Map<String, Boolean> statuses = new HashMap<>();

    TraefikServiceDraft(TraefikMemo memo) {
        this.memo = memo;
        this.composition = new CompositionDraft(memo);
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
        composition.begin();
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

    /** How it leads to others, should it do so. */
    CompositionDraft composition() {
        return composition;
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
        return overlong(name) || overlong(provider) || composition.overlong();
    }

    static boolean overlong(String text) {
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
                composition.of(provider),
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
}
