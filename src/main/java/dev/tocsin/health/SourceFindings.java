package dev.tocsin.health;

import static dev.tocsin.health.FindingKind.CERTIFICATE_EXPIRING;
import static dev.tocsin.health.FindingKind.CLOCK_SKEW;
import static dev.tocsin.health.FindingKind.CONFIGURATION_LOST;
import static dev.tocsin.health.FindingKind.DROPPED_SURGE;
import static dev.tocsin.health.FindingKind.HEALTH_DATA_STARVED;
import static dev.tocsin.health.FindingKind.OBSERVER_EXHAUSTED;
import static dev.tocsin.health.FindingKind.POOL_EMPTY;
import static dev.tocsin.health.FindingKind.POOL_MISSING;
import static dev.tocsin.health.FindingKind.RELOAD_FAILED;
import static dev.tocsin.health.FindingKind.ROUTER_ERROR;
import static dev.tocsin.health.FindingKind.SCRAPE_LIMIT;
import static dev.tocsin.health.FindingKind.SERVICE_UNCHECKED;
import static dev.tocsin.health.FindingKind.SERVICE_WITHOUT_SERVERS;
import static dev.tocsin.health.FindingKind.TARGETS_VANISHED;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with a source that is not (yet) an outage. Confined: its {@link HealthTable}. */
final class SourceFindings {
    static final long SKEW_OPEN_MILLIS = 30_000;
    static final long SKEW_CLEAR_MILLIS = 15_000;
    /* A Traefik reads a file that is just being saved as empty, and takes the whole one 2 s later: two of its throttles. */
    static final long LOST_MILLIS = 4_000;
    private static final List<FindingKind> WARNED = List.of(
            CERTIFICATE_EXPIRING,
            CONFIGURATION_LOST,
            ROUTER_ERROR,
            SERVICE_UNCHECKED,
            SERVICE_WITHOUT_SERVERS,
            HEALTH_DATA_STARVED);

    private final Source source;
    private final FindingBook book;
    private final WaitClock waits;
    private final long absentForMillis;
    private final Map<FindingKind, Streaks> streaks = new EnumMap<>(FindingKind.class);
    private final DroppedSurge dropped = new DroppedSurge();
    private final VanishedJobs vanished = new VanishedJobs();
    private final MissingPools missing = new MissingPools();

    SourceFindings(Source source, FindingBook book, HealthRules rules, WaitClock waits) {
        this.source = source;
        this.book = book;
        this.waits = waits;
        this.absentForMillis = rules.absentFor().toMillis();
        rule(POOL_EMPTY, new Streaks.Rule(PoolList.POLLS, 0, 1, 0));
        rule(POOL_MISSING, new Streaks.Rule(1, 0, 1, 0)); // the list itself must have settled
        rule(DROPPED_SURGE, new Streaks.Rule(2, 0, 2, 0));
        rule(TARGETS_VANISHED, new Streaks.Rule(1, 0, 1, 0)); // the targets are gone by the rule of absence
        rule(SCRAPE_LIMIT, new Streaks.Rule(1, 0, 3, 60_000)); // 2.53 alternates between up and over the limit
        rule(OBSERVER_EXHAUSTED, new Streaks.Rule(1, 0, 3, 60_000)); // few of the failing scrapes say so
        rule(CLOCK_SKEW, new Streaks.Rule(3, 0, 3, 0));
        rule(RELOAD_FAILED, new Streaks.Rule(1, 0, 1, 0));
        rule(CONFIGURATION_LOST, new Streaks.Rule(2, LOST_MILLIS, 1, 0));
        rule(ROUTER_ERROR, new Streaks.Rule(2, LOST_MILLIS, 2, LOST_MILLIS)); // not while a file is being saved
        rule(SERVICE_WITHOUT_SERVERS, new Streaks.Rule(2, LOST_MILLIS, 2, LOST_MILLIS));
        rule(CERTIFICATE_EXPIRING, new Streaks.Rule(1, 0, 2, LOST_MILLIS));
        rule(SERVICE_UNCHECKED, new Streaks.Rule(2, LOST_MILLIS, 2, LOST_MILLIS));
        rule(HEALTH_DATA_STARVED, new Streaks.Rule(1, 0, 2, 0));
    }

    private void rule(FindingKind kind, Streaks.Rule rule) {
        streaks.put(kind, new Streaks(kind, rule));
    }

    private Streaks of(FindingKind kind) {
        Streaks found = streaks.get(kind);
        if (found == null) {
            throw new IllegalArgumentException("no rule for " + kind);
        }
        return found;
    }

    /** Takes over what was open before our own start. */
    void restore(Collection<TargetMemory> targets) {
        book.open(TARGETS_VANISHED).forEach(finding -> vanished.restore(subject(finding, "job")));
        book.open(POOL_MISSING).forEach(finding -> missing.restore(subject(finding, "pool")));
        book.open(CONFIGURATION_LOST).stream()
                .filter(finding -> finding.subject().containsKey("provider"))
                .forEach(finding -> missing.restore(subject(finding, "provider")));
        for (TargetMemory target : targets) {
            if (!target.gone()) {
                missing.known(target.target.pool());
            }
        }
    }

    private static String subject(Finding finding, String name) {
        return finding.subject().getOrDefault(name, "");
    }

    /** A poll in which the source could not be seen through: counts begin again. */
    void blind() {
        streaks.values().forEach(Streaks::blind);
    }

    /** What any answer shows, whatever the state of the source. */
    void answered(PollResult.Answered answer, Draft draft) {
        Map<Map<String, String>, String> whole = new HashMap<>();
        long skew = Math.abs(answer.sourceTime().toEpochMilli()
                - answer.sourceTimeAt().wall().toEpochMilli());
        boolean open = book.isOpen(CLOCK_SKEW, self());
        if (skew >= (open ? SKEW_CLEAR_MILLIS : SKEW_OPEN_MILLIS)) {
            whole.put(self(), "its clock and ours differ by " + skew / 1000 + " s");
        }
        of(CLOCK_SKEW).judge(whole, book, waits, draft);
        Boolean reloaded = answer.server().reloadSucceeded();
        if (reloaded != null) {
            Map<Map<String, String>, String> failed =
                    reloaded ? Map.of() : Map.of(self(), "the last reload of its configuration failed");
            of(RELOAD_FAILED).judge(failed, book, waits, draft);
        }
    }

    /** What its scrapes say of the server itself, also when most of them fail. */
    void scrapes(Look look, Draft draft) {
        Map<String, Integer> sick = look.observerSick();
        Map<Map<String, String>, String> exhausted =
                sick.isEmpty() ? Map.of() : Map.of(self(), "failed scrapes that are its own fault: " + sick);
        of(OBSERVER_EXHAUSTED).judge(exhausted, book, waits, draft);
    }

    /** What a ready source shows. @param leavers jobs of which targets have left discovery as of this poll */
    void ready(Look look, PoolList pools, Collection<TargetMemory> targets, Set<String> leavers, Draft draft) {
        long now = draft.at().monoMillis();
        Map<Map<String, String>, String> limited = new HashMap<>();
        look.limited()
                .forEach((pool, count) ->
                        limited.put(Map.of("pool", pool), count + " targets of pool " + pool + " exceed a limit"));
        of(SCRAPE_LIMIT).judge(limited, book, waits, draft);

        Map<String, String> gone =
                vanished.see(targets, leavers, look.answer().poll(), look.roundMillis(), absentForMillis, waits, now);
        of(TARGETS_VANISHED).judge(about("job", gone), book, waits, draft);

        switch (source.kind()) {
            case PROMETHEUS -> pools(look, pools, draft);
            case TRAEFIK -> warnings(look, draft);
        }
        Map<String, Integer> counts = look.server().droppedTargets();
        if (counts != null) {
            Map<String, String> surged = dropped.see(counts, absentForMillis, waits, now);
            of(DROPPED_SURGE).judge(about("pool", surged), book, waits, draft);
        }
    }

    /** Whether nothing is told that keeps its configuration from being what it was given. */
    boolean configurationSeen() {
        return book.noneOpen()
                || book.open(CONFIGURATION_LOST).isEmpty()
                        && book.open(HEALTH_DATA_STARVED).isEmpty();
    }

    private void pools(Look look, PoolList pools, Draft draft) {
        List<String> told = look.server().pools();
        if (told == null) {
            return;
        }
        Map<Map<String, String>, String> empty = new HashMap<>();
        for (String pool : told) {
            if (!look.hasTargets(pool)) {
                empty.put(Map.of("pool", pool), "pool " + pool + " has no target");
            }
        }
        of(POOL_EMPTY).judge(empty, book, waits, draft);
        long now = draft.at().monoMillis();
        Map<String, String> left = missing.see(told, pools.settled(waits, now), absentForMillis, waits, now);
        of(POOL_MISSING).judge(about("pool", left), book, waits, draft);
    }

    private void warnings(Look look, Draft draft) {
        Map<FindingKind, Map<Map<String, String>, String>> warned = new EnumMap<>(FindingKind.class);
        WARNED.forEach(kind -> warned.put(kind, new HashMap<>()));
        look.server().warnings().forEach(each -> warned.getOrDefault(each.kind(), new HashMap<>())
                .put(each.subject(), each.detail()));
        Map<Map<String, String>, String> lost = lostProviders(look, draft);
        if (!lost.isEmpty()) {
            warned.put(CONFIGURATION_LOST, lost); // that there is nothing left follows from it
        }
        warned.forEach((kind, holding) -> of(kind).judge(holding, book, waits, draft));
    }

    private Map<Map<String, String>, String> lostProviders(Look look, Draft draft) {
        List<String> told = look.server().pools();
        if (told == null) {
            return Map.of();
        }
        Map<Map<String, String>, String> lost = new HashMap<>();
        missing.see(told, Set.copyOf(told), absentForMillis, waits, draft.at().monoMillis())
                .keySet()
                .forEach(provider -> lost.put(
                        Map.of("provider", provider),
                        "every service of provider " + provider + " is gone from its configuration"));
        return lost;
    }

    private static Map<Map<String, String>, String> about(String name, Map<String, String> details) {
        Map<Map<String, String>, String> about = new HashMap<>();
        details.forEach((value, detail) -> about.put(Map.of(name, value), detail));
        return about;
    }

    private Map<String, String> self() {
        return Map.of("source", source.name());
    }
}
