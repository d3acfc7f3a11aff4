package dev.tocsin.config;

import dev.tocsin.health.Named;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes one entry of {@code sources} a record and finds what is wrong in its meaning. Confined: one call. */
final class SourceReader {
    static final Duration INTERVAL = Duration.ofSeconds(5);
    static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration INTERVAL_MIN = Duration.ofMillis(100);
    private static final Duration INTERVAL_MAX = Duration.ofHours(1);

    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,199}");
    /* Headers that the client sets itself, or that would smuggle a second request. */
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "accept-encoding",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection");

    private final Secrets secrets;
    private final Map<String, Place> names = new LinkedHashMap<>();

    SourceReader(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The record; empty when there is a mistake that leaves none. */
    Optional<SourceConfig> read(Spot spot) {
        Optional<URI> url = Urls.base(spot.child("url"));
        Optional<String> name = name(spot, url);
        Duration interval = spot.child("interval").durationWithin(INTERVAL_MIN, INTERVAL_MAX, INTERVAL);
        Duration timeout = timeout(spot, interval);
        Credentials credentials = credentials(spot);
        TlsConfig tls = tls(spot.child("tls_config"));
        Map<String, SecretRef> headers = headers(spot);
        Optional<URI> proxy = Urls.proxy(spot.child("proxy_url"));
        Map<String, String> labels = labels(spot.child("external_labels"));
        SourceKind kind = kind(spot);
        Optional<URI> metrics = ofTraefik(spot, "metrics_url", kind);
        Optional<URI> ping = ofTraefik(spot, "ping_url", kind);
        List<com.google.re2j.Pattern> ignored = ignored(spot, kind);
        Optional<String> host = spot.child("host_header").text();
        if (url.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        String cluster = spot.child("cluster").text().filter(c -> !c.isEmpty()).orElse(name.get());
        return Optional.of(new SourceConfig(
                new Source(name.get(), cluster, kind),
                url.get(),
                interval,
                timeout,
                credentials,
                tls,
                headers,
                proxy.orElse(null),
                labels,
                host.orElse(null),
                new TraefikConfig(metrics.orElse(null), ping.orElse(null), ignored)));
    }

    private static SourceKind kind(Spot spot) {
        return spot.child("kind")
                .text()
                .flatMap(text -> Named.of(SourceKind.class, text))
                .orElse(SourceKind.PROMETHEUS);
    }

    private static Optional<URI> ofTraefik(Spot spot, String key, SourceKind kind) {
        return misplaced(spot, key, kind) ? Optional.empty() : Urls.base(spot.child(key));
    }

    private static List<com.google.re2j.Pattern> ignored(Spot spot, SourceKind kind) {
        String key = "ignore_services";
        return misplaced(spot, key, kind)
                ? List.of()
                : spot.child(key).items().stream()
                        .flatMap(item -> item.pattern().stream())
                        .toList();
    }

    private static boolean misplaced(Spot spot, String key, SourceKind kind) {
        boolean misplaced = spot.child(key).present() && kind == SourceKind.PROMETHEUS;
        if (misplaced) {
            spot.child(key).atKey(spot, key).mistake("got the " + key + " of a Prometheus, want it of a traefik alone");
        }
        return misplaced;
    }

    private Optional<String> name(Spot spot, Optional<URI> url) {
        Spot named = spot.child("name");
        Optional<String> name = named.present() ? named.text().filter(n -> !n.isEmpty()) : url.map(Urls::hostAndPort);
        if (name.isPresent()) {
            Place first = names.putIfAbsent(name.get(), named.place());
            if (first != null) {
                named.mistake(
                        "got " + Paths.shown(name.get()) + " again, want a name of its own (first in " + first + ")");
            }
        }
        return name;
    }

    private static Duration timeout(Spot spot, Duration interval) {
        Spot timeout = spot.child("timeout");
        Duration fallback = interval.compareTo(TIMEOUT) < 0 ? interval : TIMEOUT;
        Optional<Duration> read = timeout.duration();
        if (read.isPresent() && read.get().compareTo(interval) > 0) {
            timeout.mistake("got " + Paths.shown(timeout.text().orElse("")) + ", want at most the interval, "
                    + Units.text(interval));
            return fallback;
        }
        return timeout.durationWithin(Duration.ofMillis(10), INTERVAL_MAX, fallback);
    }

    private Credentials credentials(Spot spot) {
        Spot basic = spot.child("basic_auth");
        Spot other = spot.child("authorization");
        if (basic.present() && other.present()) {
            other.atKey(spot, "authorization").mistake("got both basic_auth and authorization, want one of them");
        }
        if (basic.value() instanceof Yaml.Mapping) {
            Optional<SecretRef> password = secrets.of(basic, "password");
            Optional<String> username = basic.child("username").text();
            if (password.isPresent() && username.isPresent()) {
                return new Credentials.Basic(username.get(), password.get());
            }
        } else if (other.value() instanceof Yaml.Mapping) {
            String type = other.child("type").text().orElse("Bearer");
            if (type.equalsIgnoreCase("basic")) {
                other.child("type").mistake("got " + Paths.shown(type) + ", want basic_auth for that");
            }
            Optional<SecretRef> credentials = secrets.of(other, "credentials");
            if (credentials.isPresent()) {
                return new Credentials.Authorization(type, credentials.get());
            }
        }
        return new Credentials.None();
    }

    static TlsConfig tls(Spot tls) {
        Optional<Path> ca = Secrets.readable(tls.child("ca_file"));
        Optional<Path> cert = Secrets.readable(tls.child("cert_file"));
        Optional<Path> key = Secrets.readable(tls.child("key_file"));
        if (tls.child("cert_file").present() != tls.child("key_file").present()) {
            String there = tls.child("cert_file").present() ? "cert_file" : "key_file";
            String missing = there.equals("cert_file") ? "key_file" : "cert_file";
            tls.child(there).mistake("got " + there + " without " + missing + ", want both or none");
        }
        return new TlsConfig(
                ca.orElse(null),
                cert.orElse(null),
                key.orElse(null),
                tls.child("server_name").text().orElse(null),
                tls.child("insecure_skip_verify").bool().orElse(false));
    }

    private Map<String, SecretRef> headers(Spot spot) {
        Map<String, SecretRef> headers = new LinkedHashMap<>();
        Map<String, String> seen = new LinkedHashMap<>();
        for (String group : new String[] {"headers", "headers_file"}) {
            Spot mapping = spot.child(group);
            mapping.entries().forEach((name, value) -> {
                Spot key = value.atKey(mapping, name);
                String lower = name.toLowerCase(Locale.ROOT);
                if (!HEADER.matcher(name).matches()) {
                    key.mistake("got a header name that is none, want letters, digits and -");
                } else if (lower.equals("authorization")) {
                    key.mistake("got the header Authorization, want the key authorization or basic_auth for that");
                } else if (OURS.contains(lower)) {
                    key.mistake("got a header that Tocsin sets itself, want it left out");
                } else if (seen.putIfAbsent(lower, name) != null) {
                    key.mistake("got the header again, want it once");
                }
                Optional<SecretRef> read = group.equals("headers") ? secrets.headerValue(value) : secrets.inFile(value);
                read.ifPresent(ref -> headers.put(name, ref));
            });
        }
        return Map.copyOf(headers);
    }

    private static Map<String, String> labels(Spot spot) {
        Map<String, String> labels = new LinkedHashMap<>();
        spot.entries().forEach((name, value) -> {
            if (!LABEL.matcher(name).matches() || name.startsWith("__")) {
                value.atKey(spot, name)
                        .mistake("got a label name that is none, want letters, digits and _ (and no __ before it)");
            }
            value.text().ifPresent(text -> labels.put(name, text));
        });
        return Map.copyOf(labels);
    }
}
