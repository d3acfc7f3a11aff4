package dev.tocsin.bus;

import dev.tocsin.health.Finding;
import dev.tocsin.health.Tombstone;
import dev.tocsin.outage.Outage;
import java.util.List;

/** What a correlator decided at one moment, in order. Immutable. */
public record Decisions(List<Outage> outages, List<Finding> findings, List<Tombstone> tombstones) {}
