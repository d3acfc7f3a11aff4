package dev.tocsin.health;

import java.util.Map;

/**
 * What a source reports on: a scrape target. Immutable; equal by {@link #id()} alone, which is made of all that
 * identifies it (source, pool, url, labels).
 *
 * @param id {@code <source>:<32 hex>}, stable for ever (see {@link TargetIds})
 * @param job the {@code job} label; the scrape pool where there is none
 * @param instance the {@code instance} label
 * @param pool the scrape pool (how the source polls; never the group)
 * @param url scrape URL, redacted: no user info, no query value that may be a secret; {@link #NO_URL} for none
 * @param labels public labels, with the {@code external_labels} that the operator gave the source
 */
public record Target(
        String id, Source source, String job, String instance, String pool, String url, Map<String, String> labels) {

    /** The url of what has no address of its own: how it is follows from other targets of its source. */
    public static final String NO_URL = "";

    /** The label of what stands for all that a service leads to by another service: the name of that other. */
    public static final String CHILD = "child";

    public Target {
        labels = Map.copyOf(labels);
    }

    /** Whether it is on the source's own machine: another one for each source, and reached without a network. */
    public boolean loopback() {
        return instance.startsWith("localhost") || instance.startsWith("127.") || instance.startsWith("[::1]");
    }

    /** Whether its state says something of its source's network: neither loopback nor without an address. */
    boolean remote() {
        return !url.equals(NO_URL) && !loopback();
    }

    /** The instance's name within a cluster: {@code localhost:9090} is another process on every server that says so. */
    public String nameInCluster() {
        return loopback() ? instance + " (" + source.name() + ")" : instance;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target target && target.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
