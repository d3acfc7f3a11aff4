package dev.tocsin.source;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A scrape URL that may stand in a command, and its parts. Immutable.
 *
 * @param host name or address, without brackets
 */
record ScrapeAddress(String url, String host, int port) {
    private static final int URL_MAX = 1024;
    private static final int PORT_MAX = 65_535;

    /* No quote, space, backslash or brace: what is left means nothing to a shell within single quotes, nor to curl -g. */
    private static final Pattern PLAIN =
            Pattern.compile("^(?i:(http|https)):" + "//(\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9_][A-Za-z0-9._-]{0,252})"
                    + "(?::([0-9]{1,5}))?(?:[/?#][A-Za-z0-9/._~:?#@!$&()*+,;=%\\[\\]-]*)?$");

    /** Empty for a URL with anything in it that is out of the ordinary. */
    static Optional<ScrapeAddress> of(@Nullable String url) {
        if (url == null || url.length() > URL_MAX) {
            return Optional.empty();
        }
        Matcher plain = PLAIN.matcher(url);
        if (!plain.find()) {
            return Optional.empty();
        }
        boolean tls = plain.group(1).toLowerCase(Locale.ROOT).equals("https");
        int port = plain.group(3) == null ? (tls ? 443 : 80) : Integer.parseInt(plain.group(3));
        String host = plain.group(2).replace("[", "").replace("]", "");
        return port == 0 || port > PORT_MAX ? Optional.empty() : Optional.of(new ScrapeAddress(url, host, port));
    }

    boolean ipv6() {
        return host.indexOf(':') >= 0;
    }

    String hostPort() {
        return (ipv6() ? "[" + host + "]" : host) + ":" + port;
    }
}
