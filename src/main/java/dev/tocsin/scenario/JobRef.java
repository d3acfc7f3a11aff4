package dev.tocsin.scenario;

/** A job of one cluster: of its Prometheus servers, or a service of its Traefiks. Immutable. */
public record JobRef(String cluster, String name) {
    /** Whether it is a service of Traefiks: {@code checkout@file}. No job has such a name. */
    public boolean service() {
        return name.indexOf('@') > 0;
    }

    @Override
    public String toString() {
        return name + " in " + cluster;
    }
}
