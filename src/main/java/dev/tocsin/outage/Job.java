package dev.tocsin.outage;

import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Routing;
import dev.tocsin.health.Target;
import dev.tocsin.health.WaitClock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One job: its instances and where it stands. Confined: its correlator. */
final class Job {
    /* A look costs a step per instance, and every batch of every source asks for one: behind 100 sources each instance
     * would be counted 100 times a poll interval. */
    private static final int CROWD_SIGHTS = 4;
    private static final long CROWD_EVERY_MILLIS = 1_000;

    final Scope.Job scope;
    final OutageRules rules;

    /** The key of its outages' records. */
    final String key;

    private final Map<String, Instance> instances = new HashMap<>();
    private final Set<Sight> sights = new HashSet<>();
    private JobState state = JobState.Calm.NEW;
    private OtherView other = OtherView.NONE;
    private long seq;

    /** The last version of its last outage; null when it has had none. */
    private @Nullable Outage last;

    /** Whether time alone can change what there is to say. */
    private boolean restless;

    /** Monotonic; when it was last looked at. */
    private long lookedAt = Long.MIN_VALUE;

    Job(Scope.Job scope, OutageRules rules) {
        this.scope = scope;
        this.rules = rules;
        this.key = scope.key();
    }

    /** What a look brought. */
    record Seen(
            List<String> disagreeing,
            List<String> flapping,
            @Nullable Outage outage) {}

    boolean seenBy(Sight sight) {
        return sights.contains(sight);
    }

    /** Whether it is seen by many sources and has just been looked at, so that the next tick is soon enough. */
    boolean mayWait(long now) {
        return sights.size() > CROWD_SIGHTS && lookedAt != Long.MIN_VALUE && now - lookedAt < CROWD_EVERY_MILLIS;
    }

    boolean restless() {
        return restless;
    }

    /** Whether some are down, and it is not sure yet that this is an outage. */
    boolean confirming() {
        return state instanceof JobState.Confirming;
    }

    boolean empty() {
        return instances.isEmpty();
    }

    /** The last version told; null when there never was one. */
    @Nullable
    Outage last() {
        return last;
    }

    /** Whether an outage of the whole job stands. */
    boolean out() {
        return last != null && last.open() && last.verdict() == Verdict.JOB;
    }

    void apply(HealthDelta delta, Sight sight, long monoMillis) {
        vantage(delta.target(), sight).apply(delta, monoMillis);
    }

    /** The vantage of a target, made when it is not there yet. */
    Vantage vantage(Target target, Sight sight) {
        sights.add(sight);
        return instances.computeIfAbsent(target.nameInCluster(), Instance::new).vantage(sight, target);
    }

    /** The instance of that name; null when there is none. */
    @Nullable
    Instance instance(String name) {
        return instances.get(name);
    }

    Collection<Instance> instances() {
        return instances.values();
    }

    /** Whether a router of some Traefik leads to this service; null while that is not known of each that has it. */
    @Nullable
    Boolean led() {
        boolean known = true;
        for (Instance instance : instances.values()) {
            for (Vantage vantage : instance.vantages) {
                Routing routing = vantage.sight.routing;
                if (routing != null && !vantage.gone() && routing.services().contains(scope.job())) {
                    return true;
                }
                known &= routing != null || vantage.gone();
            }
        }
        return known ? false : null;
    }

    /** Tells all targets that are reported of it. */
    void present(Consumer<Target> told) {
        for (Instance instance : instances.values()) {
            instance.vantages.stream()
                    .filter(vantage -> !vantage.gone())
                    .forEach(vantage -> told.accept(vantage.target));
        }
    }

    /** Takes a version from the log. The deltas of its members have been applied before. */
    void apply(Outage outage, long monoMillis) {
        last = outage;
        seq = outage.seq();
        if (!outage.open()) {
            state = JobState.Calm.NEW;
            return;
        }
        Set<String> listed = new HashSet<>(outage.members().down());
        for (Instance instance : instances.values()) {
            boolean saysDown = instance.vantages.stream().anyMatch(Vantage::saysDown);
            if (saysDown && listed.contains(instance.name)) {
                instance.restore(Instance.Held.DOWN, true);
            }
            /* A version lists who is down, and not of whom nobody knows: those are not up again yet either. */
            boolean lost = (instance.held == Instance.Held.UNKNOWN || instance.held == Instance.Held.GONE)
                    && instance.vantages.stream().anyMatch(vantage -> vantage.lostDownSince(outage.startedAt()));
            if (lost) {
                instance.restore(instance.held, true);
            }
            instance.member =
                    instance.held == Instance.Held.DOWN || instance.leftDown || lost || listed.contains(instance.name);
        }
        boolean allListed = outage.members().downTotal() == listed.size();
        state = JobStanding.restored(outage, allListed ? outage.members().down() : held(), monoMillis);
        restless = true;
    }

    private List<String> held() {
        return instances.values().stream()
                .filter(instance -> instance.held == Instance.Held.DOWN)
                .map(instance -> instance.name)
                .sorted()
                .toList();
    }

    /** Makes of restored vantages what we held their instance to be. Before the outages are applied. */
    void restoreHeld() {
        for (Instance instance : instances.values()) {
            Instance.Held held = instance.remembered();
            instance.restore(held, held == Instance.Held.DOWN);
        }
    }

    /** Looks at the job: counts, decides, and takes what was decided. */
    Seen look(WaitClock waits, Moment now, long epoch, Joins joins) {
        long mono = now.monoMillis();
        lookedAt = mono;
        long round = JobView.roundMillis(instances.values());
        for (Instance instance : instances.values()) {
            instance.take(instance.decide(rules.quorum(), round, waits, mono), mono);
        }
        JobView view = new JobView(instances.values(), state.expectedAtOnset(), round, waits, mono);
        if (state instanceof JobState.Calm) {
            other = OtherView.NONE;
        } else if (mono >= other.freshUntil()) {
            other = joins.of(this, view, mono);
        }
        JobState.Step step =
                state.next(new JobState.Look(scope, view, other, rules, waits, now, observedUntil(), epoch, seq + 1));
        take(step);
        restless = !(state instanceof JobState.Calm) || view.contested || !view.flapping.isEmpty();
        return new Seen(view.disagreeing, view.flapping, step.outage());
    }

    private void take(JobState.Step step) {
        state = step.state();
        if (step.outage() != null) {
            last = step.outage();
            seq = step.outage().seq();
        }
        boolean calm = forgetGone();
        for (Instance instance : instances.values()) {
            instance.member = !calm && (instance.member || instance.held == Instance.Held.DOWN);
        }
    }

    /** All of its state that the log remembers, as text. */
    String remembered() {
        List<String> held = instances.values().stream()
                .map(i -> i.name + " " + i.held + (i.member ? " member" : ""))
                .sorted()
                .toList();
        return scope + " seq " + seq + " " + last + " " + held;
    }

    /** Drops who left, while nothing is down: nobody counts them then. False when something is. */
    boolean forgetGone() {
        boolean calm = state instanceof JobState.Calm;
        if (calm) {
            instances.values().removeIf(Instance::forgotten);
        }
        return calm;
    }

    private Instant observedUntil() {
        return sights.stream()
                .map(sight -> sight.observedUntil)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
