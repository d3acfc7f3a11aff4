package dev.tocsin.join;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * A host and a port in the one spelling in which we compare them: lower case, ports filled in, IPv6 without brackets and
 * in full. Immutable.
 */
record Address(String host, int port) {
    private static final int NO_PORT = -1;
    private static final int PORT_MAX = 65_535;

    /** Of a URL, or of {@code host:port}; empty when there is no port to be known. */
    static Optional<Address> of(String text) {
        int scheme = text.indexOf("://");
        String rest = scheme < 0 ? text : text.substring(scheme + "://".length());
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String authority = rest.substring(rest.lastIndexOf('@', end) + 1, end);
        int bracket = authority.lastIndexOf(']');
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > bracket && (bracket >= 0 || authority.indexOf(':') == colon);
        String host = hasPort ? authority.substring(0, colon) : authority;
        int port = hasPort ? port(authority.substring(colon + 1)) : byScheme(text, scheme);
        return port == NO_PORT || host.isEmpty() ? Optional.empty() : Optional.of(new Address(canonical(host), port));
    }

    private static int byScheme(String text, int end) {
        return switch (end < 0 ? "" : text.substring(0, end).toLowerCase(Locale.ROOT)) {
            case "http", "h2c" -> 80;
            case "https" -> 443;
            default -> NO_PORT;
        };
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return NO_PORT;
        }
        int port = Integer.parseInt(text);
        return port > 0 && port <= PORT_MAX ? port : NO_PORT;
    }

    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String bare = lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
        if (bare.indexOf(':') >= 0 && bare.indexOf('%') < 0) {
            return ipv6(bare);
        }
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }

    /* What is in brackets is never asked of a name server: it is a literal, or it is refused. */
    private static String ipv6(String literal) {
        try {
            return InetAddress.getByName("[" + literal + "]").getHostAddress();
        } catch (UnknownHostException e) {
            return literal;
        }
    }

    /** Whether it is another machine for each who says it. */
    boolean loopback() {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || ipv4() && (host.startsWith("127.") || host.equals("0.0.0.0"))
                || host.equals("0:0:0:0:0:0:0:1")
                || host.equals("0:0:0:0:0:0:0:0");
    }

    /** Whether the host is a name, and may stand for many machines. */
    boolean named() {
        return host.indexOf(':') < 0 && !ipv4();
    }

    private boolean ipv4() {
        return !host.isEmpty() && host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }
}
