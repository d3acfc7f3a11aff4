package dev.tocsin.source;

/**
 * A part of a configuration that does not serve. Immutable.
 *
 * @param part {@code router}, {@code tcpRouter}, {@code middleware} or {@code tcpMiddleware}
 * @param name qualified
 * @param error of its errors the first; cleaned and redacted
 */
public record Broken(String part, String name, String error) {
    public static final String ROUTER = "router";
    public static final String TCP_ROUTER = "tcpRouter";
    public static final String MIDDLEWARE = "middleware";
    public static final String TCP_MIDDLEWARE = "tcpMiddleware";
}
