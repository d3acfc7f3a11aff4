package dev.tocsin.simulation;

import static dev.tocsin.simulation.Violation.Invariant.I2;
import static dev.tocsin.simulation.Violation.Invariant.I3;
import static dev.tocsin.simulation.Violation.Invariant.I6;
import static dev.tocsin.simulation.Violation.unless;

import dev.tocsin.health.HealthDelta;
import dev.tocsin.outage.Outage;
import dev.tocsin.wire.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The last record of each key, and what must hold from one to the next. Confined: its oracle, or a witness. */
public final class KeyOrder {
    private final Map<dev.tocsin.health.Stream, Map<String, Event>> last = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private long epoch;

    /** Takes the next record of the log in. */
    public void see(Event event) {
        Map<String, Event> keys = last.computeIfAbsent(event.stream(), stream -> new LinkedHashMap<>());
        Event before = keys.get(event.key());
        long merged = event instanceof Event.OfHealth of ? of.delta().coalesced() : 0;
        long wanted = (before == null ? 0 : before.seq()) + 1 + merged;
        unless(event.seq() == wanted, I2, () -> "seq " + event.seq() + ", want " + wanted + ": " + event);
        unless(event.epoch() >= epoch, I6, () -> "epoch " + event.epoch() + " after " + epoch + ": " + event);
        epoch = event.epoch();
        continues(before, event);
        if (event instanceof Event.OfTombstone) {
            keys.remove(event.key());
        } else {
            keys.put(event.key(), event);
        }
    }

    private void continues(Event before, Event event) {
        if (event instanceof Event.OfHealth of) {
            health(before instanceof Event.OfHealth last ? last.delta() : null, of.delta());
        } else if (event instanceof Event.OfOutage of) {
            outage(before instanceof Event.OfOutage last ? last.outage() : null, of.outage());
        } else if (event instanceof Event.OfFinding of) {
            boolean wasOpen =
                    before instanceof Event.OfFinding last && last.finding().open();
            unless(of.finding().open() != wasOpen, I3, () -> "opened and cleared in turn: " + event);
        } else if (event instanceof Event.OfTombstone) {
            boolean open =
                    before instanceof Event.OfOutage last && last.outage().open()
                            || before instanceof Event.OfFinding finding
                                    && finding.finding().open();
            unless(before != null && !open, I3, () -> "a tombstone of what stands, or is not: " + before);
        }
    }

    private static void health(HealthDelta before, HealthDelta delta) {
        HealthDelta.Standing from = delta.from();
        HealthDelta.Standing was = before == null ? null : before.to();
        unless(from == null ? was == null : from.equals(was), I3, () -> "was " + was + ": " + Story.of(delta));
        boolean changed = from == null
                || delta.coalesced() > 0
                || !from.health().equals(delta.to().health());
        unless(changed, I3, () -> "a repeated value: " + Story.of(delta));
    }

    private void outage(Outage before, Outage outage) {
        boolean wasOpen = before != null && before.open();
        boolean opens = outage.change() == Outage.Change.OPENED;
        unless(opens != wasOpen, I3, () -> "opened and ended in turn: " + outage + " after " + before);
        if (opens) {
            unless(ids.add(outage.id()), I3, () -> "an id used twice: " + outage);
            unless(outage.version() == 1, I3, () -> "opened with version " + outage.version() + ": " + outage);
        } else {
            unless(outage.id().equals(before.id()), I3, () -> "another outage of the scope: " + outage);
            unless(
                    outage.version() == before.version() + 1,
                    I3,
                    () -> "after version " + before.version() + ": " + outage);
        }
    }

    /** The last records of all keys that no tombstone has ended. */
    public Stream<Event> standing() {
        return last.values().stream().flatMap(keys -> keys.values().stream());
    }

    /** The last record of a key; null when there is none. */
    Event last(dev.tocsin.health.Stream stream, String key) {
        return last.getOrDefault(stream, Map.of()).get(key);
    }
}
