package dev.tocsin.source;

/** What we ask a Traefik: paths below the base URL of its API. */
public final class TraefikPaths {
    /* One page is one configuration, and costs less than many (facts/traefik.md section 3): there is no upper limit. */
    private static final String ONE_PAGE = "per_page=100000";

    public static final String HTTP_SERVICES = "/api/http/services?" + ONE_PAGE;
    public static final String TCP_SERVICES = "/api/tcp/services?" + ONE_PAGE;
    /** Those that do not serve, for their errors. */
    public static final String BROKEN_ROUTERS = "/api/http/routers?status=disabled&" + ONE_PAGE;

    /** As the routers; also those that no router uses. */
    public static final String BROKEN_MIDDLEWARES = "/api/http/middlewares?status=disabled&" + ONE_PAGE;

    /** From 2.5 on. */
    public static final String BROKEN_TCP_MIDDLEWARES = "/api/tcp/middlewares?status=disabled&" + ONE_PAGE;

    public static final String UDP_SERVICES = "/api/udp/services?" + ONE_PAGE;
    public static final String BROKEN_TCP_ROUTERS = "/api/tcp/routers?status=disabled&" + ONE_PAGE;

    /** From 3.7 on; 404 before. */
    public static final String CERTIFICATES = "/api/certificates?" + ONE_PAGE;

    public static final String VERSION = "/api/version";
    public static final String OVERVIEW = "/api/overview";
    /** Below the root of the server, whatever the base of the API. */
    public static final String METRICS = "/metrics";

    private TraefikPaths() {}
}
