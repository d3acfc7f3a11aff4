package dev.tocsin.outage;

import dev.tocsin.health.Finding;
import dev.tocsin.health.Tombstone;
import java.util.List;

/** What was decided at one moment, in the order in which it is to be logged and told. Immutable. */
public record Decided(List<Outage> outages, List<Finding> findings, List<Tombstone> tombstones) {
    public boolean nothing() {
        return outages.isEmpty() && findings.isEmpty() && tombstones.isEmpty();
    }
}
