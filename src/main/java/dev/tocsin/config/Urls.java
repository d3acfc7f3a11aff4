package dev.tocsin.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** URLs of sources and proxies. What is refused is never shown where it may hold a password. */
final class Urls {
    private Urls() {}

    /** The base URL of a source, without trailing slash. */
    static Optional<URI> base(Spot spot) {
        return spot.text()
                .flatMap(text -> checked(spot, text, "an http or https URL such as http://127.0.0.1:9090"))
                .map(uri -> URI.create(uri.toString().replaceAll("/+$", "")));
    }

    /** The URL of a forward proxy. */
    static Optional<URI> proxy(Spot spot) {
        return spot.text()
                .flatMap(text -> checked(spot, text, "an http URL such as http://proxy:3128"))
                .filter(uri -> {
                    boolean plain = "http".equalsIgnoreCase(uri.getScheme());
                    if (!plain) {
                        spot.mistake(
                                "got the scheme " + uri.getScheme() + ", want an http URL such as http://proxy:3128");
                    }
                    return plain;
                });
    }

    /** {@code host:port}, the port of the scheme where the URL has none. */
    static String hostAndPort(URI url) {
        int port = url.getPort() != -1 ? url.getPort() : url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        return url.getHost() + ":" + port;
    }

    private static Optional<URI> checked(Spot spot, String text, String want) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            boolean mayHoldPassword = text.indexOf('@') >= 0;
            spot.mistake("got " + (mayHoldPassword ? "another text" : Paths.shown(text)) + ", want " + want);
            return Optional.empty();
        }
        if (text.indexOf('@') >= 0) {
            spot.mistake("got a url with a user or a password in it, want it without: use basic_auth");
            return Optional.empty();
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            spot.mistake("got " + Paths.shown(text) + ", want " + want);
        } else if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
            spot.mistake("got " + Paths.shown(text) + ", want a host and a port from 1 to 65535 in it");
        } else if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            spot.mistake("got a url with a query or a fragment, want " + want);
        } else {
            return Optional.of(uri);
        }
        return Optional.empty();
    }
}
