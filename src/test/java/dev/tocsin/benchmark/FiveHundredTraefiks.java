package dev.tocsin.benchmark;

import dev.tocsin.health.SourceKind;

/** 500 Traefiks of 40 services of three servers, each asked its six questions every 5 s: as {@link ThousandSources}. */
final class FiveHundredTraefiks {
    private static final int INSTANCES = 500;
    private static final int SERVICES = 40;

    private FiveHundredTraefiks() {}

    public static void main(String[] args) throws Exception {
        ThousandSources.measure(
                "500 Traefiks of 40 services x 3 servers",
                SourceKind.TRAEFIK,
                INSTANCES,
                SERVICES * TraefikDocuments.SERVERS);
        System.exit(0);
    }
}
