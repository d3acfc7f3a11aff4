package dev.tocsin.source;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The address of a server behind Traefik, in the one spelling in which we know it: as Go prints a URL, without secrets.
 * Stateless.
 *
 * <p>{@code servers[].url} is as typed, the keys of {@code serverStatus} and the label of the gauge are printed anew
 * ({@code HTTP://h} is {@code http://h}, a blank {@code %20}): facts/traefik.md section 2. Addresses that differ in a
 * secret alone are one server to us.
 */
final class ServerUrl {
    static final int LENGTH_MAX = 8 << 10;
    private static final String ESCAPED = " \"<>`{}|\\^";

    private ServerUrl() {}

    /** A URL, or the {@code host:port} of a TCP server. */
    static String of(String typed) {
        int scheme = typed.indexOf("://");
        String lower =
                scheme < 0 ? typed : typed.substring(0, scheme).toLowerCase(Locale.ROOT) + typed.substring(scheme);
        return UrlRedactor.redact(escaped(lower));
    }

    /** Host and port, as they stand; the whole where there is no scheme. */
    static String instance(String url) {
        String hostPort = UrlRedactor.hostPort(url);
        return hostPort.isEmpty() ? url : hostPort;
    }

    private static String escaped(String url) {
        int path = endOfPath(url);
        StringBuilder out = new StringBuilder(url.length());
        for (byte each : url.substring(0, path).getBytes(StandardCharsets.UTF_8)) {
            if (each <= ' ' || ESCAPED.indexOf(each) >= 0) {
                out.append(String.format("%%%02X", each));
            } else {
                out.append((char) each);
            }
        }
        return out.append(url, path, url.length()).toString();
    }

    /* Go prints a query as it was typed. */
    private static int endOfPath(String url) {
        int query = url.indexOf('?');
        int fragment = url.indexOf('#');
        int end = query < 0 ? url.length() : query;
        return fragment < 0 ? end : Math.min(end, fragment);
    }
}
