package dev.tocsin.scenario;

/** A job of one cluster. Immutable. */
public record JobRef(String cluster, String name) {
    @Override
    public String toString() {
        return name + " in " + cluster;
    }
}
