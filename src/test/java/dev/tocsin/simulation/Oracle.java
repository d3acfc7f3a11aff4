package dev.tocsin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Reason;
import dev.tocsin.outage.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what is told against what was so. */
final class Oracle {
    /** Nobody has looked for so long (stale after 60 s, a freshness of 40 s, three scrapes, a poll): it is unknown. */
    private static final int HONEST_SECONDS = 60 + 40 + 45 + 5;

    /** A sighted server that has stood so long has had its say: two rounds. */
    private static final int CLEAN_SECONDS = 60;

    /** Unknown needs at least so long without sight. */
    private static final int UNSEEN_SECONDS = 60 - 5;

    /** Overdue needs at least so long without a scrape: a freshness, but for the interval that had begun. */
    private static final int OVERDUE_SECONDS = 40 - 15 - 1;

    private final World world;
    private final Truth truth;
    private final Map<String, Integer> darkFor = new HashMap<>();
    private final Map<String, Set<String>> membersOf = new HashMap<>();
    private final PlainOutages plain = new PlainOutages();
    private int deltasJudged;
    private int outagesJudged;
    private int ambiguous;
    private long epoch;

    Oracle(World world, Truth truth) {
        this.world = world;
        this.truth = truth;
        this.deltasJudged = world.deltas.size();
    }

    int ambiguous() {
        return ambiguous;
    }

    int outagesProvenFound() {
        return plain.found();
    }

    /** Judges what was told in this second. */
    void judge() {
        deltasJudged = Math.min(deltasJudged, world.deltas.size()); // some may be lost with the end of the log
        outagesJudged = Math.min(outagesJudged, world.outages.size());
        for (; deltasJudged < world.deltas.size(); deltasJudged++) {
            judge(world.deltas.get(deltasJudged));
        }
        for (; outagesJudged < world.outages.size(); outagesJudged++) {
            judge(world.outages.get(outagesJudged));
        }
        honest();
        plain.see(truth, world);
    }

    private void judge(HealthDelta delta) {
        String server = delta.target().source().name();
        String instance = delta.target().instance();
        List<Truth.Second> window = truth.lookback(second -> second.seen(server, instance));
        Health to = delta.to().health();
        boolean founded =
                switch (to.text()) {
                    case "down" -> window.stream().anyMatch(second -> second.fails(server, instance));
                    case "up" -> window.stream().anyMatch(second -> !second.fails(server, instance));
                    case "gone" -> window.stream().anyMatch(second -> !second.lists(instance));
                    default -> unseen(server, instance, to);
                };
        assertThat(founded)
                .as("%d s, without a reason: %s", world.second(), Story.of(delta))
                .isTrue();
        assertThat(delta.to().since())
                .as("%d s: since when? %s", world.second(), Story.of(delta))
                .isBeforeOrEqualTo(world.wall());
    }

    private boolean unseen(String server, String instance, Health to) {
        boolean overdue = to.equals(new Health.Unknown(Health.UnknownWhy.SCRAPE_OVERDUE));
        List<Truth.Second> window = truth.last(Truth.LOOKBACK_SECONDS);
        int seconds = 0;
        boolean before = false;
        boolean suspectBefore = false;
        for (Truth.Second second : window) {
            boolean suspect = mostFail(second, server);
            boolean now = suspect || !second.seen(server, instance) || !second.lists(instance);
            seconds += now ? 1 : 0;
            seconds += before && !now ? 20 : 0; // until it is scraped again, and we ask
            seconds += suspect && !suspectBefore ? 45 : 0; // until it is believed again
            before = now;
            suspectBefore = suspect;
        }
        return seconds >= (overdue ? OVERDUE_SECONDS : UNSEEN_SECONDS);
    }

    /* Then the guard may take the server for cut off. */
    private static boolean mostFail(Truth.Second second, String server) {
        long all = second.listed().values().stream().mapToLong(List::size).sum();
        long failing = second.listed().values().stream()
                .flatMap(List::stream)
                .filter(name -> second.fails(server, name))
                .count();
        return 2 * failing >= all;
    }

    private void judge(Outage outage) {
        assertThat(outage.startedAt()).as("%s", outage).isBeforeOrEqualTo(outage.openedAt());
        assertThat(outage.changedAt()).as("%s", outage).isEqualTo(world.wall());
        if (!(outage.scope() instanceof Scope.Job)) {
            return;
        }
        Set<String> members = membersOf.computeIfAbsent(outage.id(), id -> new HashSet<>());
        if (outage.change() == Outage.Change.OPENED) {
            assertThat(outage.members().down()).as("%s", outage).isNotEmpty();
            outage.members().down().forEach(instance -> wasDown(instance, outage));
        }
        members.addAll(outage.members().down());
        if (outage.reason() == Reason.MEMBERS_UP) {
            assertThat(members).as("%d s: %s", world.second(), outage).allMatch(this::wasUp);
        }
    }

    private boolean seenByAny(Truth.Second second, String instance) {
        return world.servers.keySet().stream().anyMatch(server -> second.seen(server, instance));
    }

    private void wasDown(String instance, Outage outage) {
        List<Truth.Second> window = truth.lookback(second -> seenByAny(second, instance));
        if (window.stream().anyMatch(second -> second.down().contains(instance))) {
            return;
        }
        boolean failed = world.servers.keySet().stream()
                .anyMatch(server -> window.stream().anyMatch(second -> second.fails(server, instance)));
        boolean cleanWitness = world.servers.keySet().stream().anyMatch(server -> cleanWitness(server, instance));
        assertThat(failed && !cleanWitness)
                .as("%d s: %s was never down: %s", world.second(), instance, outage)
                .isTrue();
        ambiguous++;
    }

    /* A server that we suspect is none: its guard holds until a fifth of those that tripped it are up. */
    private boolean cleanWitness(String server, String instance) {
        Watermark last = world.journal.fold().watermarks.get(server);
        return last != null
                && last.state() == SourceState.READY
                && truth.last(CLEAN_SECONDS).stream()
                        .allMatch(second -> second.seen(server, instance)
                                && second.lists(instance)
                                && !second.fails(server, instance));
    }

    private boolean wasUp(String instance) {
        return truth.lookback(second -> seenByAny(second, instance)).stream()
                .anyMatch(second -> !second.down().contains(instance) || !second.lists(instance));
    }

    private void honest() {
        world.servers.forEach((name, server) -> {
            boolean dark = world.awake() && (server.refuses || server.replaysWal || server.reloads || server.frozen);
            int seconds = darkFor.merge(name, 1, (before, one) -> dark && world.epoch() == epoch ? before + one : 0);
            if (seconds > HONEST_SECONDS && seconds % 10 == 0) {
                assertThat(world.journal.fold().health.values())
                        .as("%d s: nobody has looked behind %s for %d s", world.second(), name, seconds)
                        .filteredOn(delta -> delta.target().source().name().equals(name))
                        .noneMatch(delta -> delta.to().health() instanceof Health.Up
                                || delta.to().health() instanceof Health.Down);
            }
        });
        epoch = world.epoch();
    }

    /** After a long peace. */
    void atTheEnd(Map<String, Integer> jobs) {
        world.assertGaplessKeys();
        Map<String, String> open = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Outage outage : world.outages) {
            String key = outage.scope().key();
            if (outage.change() == Outage.Change.OPENED) {
                assertThat(open.put(key, outage.id()))
                        .as("a double open: %s", outage)
                        .isNull();
                assertThat(ids.add(outage.id()))
                        .as("an id used twice: %s", outage)
                        .isTrue();
            } else {
                assertThat(open.get(key)).as("%s", outage).isEqualTo(outage.id());
                if (!outage.open()) {
                    open.remove(key);
                }
            }
        }
        assertThat(open).as("never ended").isEmpty();
        Journal.Remembered fold = world.remembered();
        assertThat(fold.findings.values()).as("findings that stand").noneMatch(finding -> finding.open());
        List<String> up = new ArrayList<>();
        fold.health.values().forEach(delta -> {
            if (!(delta.to().health() instanceof Health.Gone)) {
                assertThat(delta.to().health()).as("%s", delta).isEqualTo(Health.UP);
                up.add(delta.target().source().name() + " " + delta.target().instance());
            }
        });
        List<String> real = new ArrayList<>();
        world.servers.keySet().forEach(server -> jobs.keySet()
                .forEach(job -> world.listed(job).forEach(instance -> real.add(server + " " + instance))));
        assertThat(up).as("who is up by the log").containsExactlyInAnyOrderElementsOf(real);
    }
}
