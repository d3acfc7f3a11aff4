package dev.tocsin.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A table's test in virtual time: a {@link FakeFleet} that is polled, and what is told of it, line by line. Confined:
 * one test.
 *
 * <p>Every batch goes through a second table that only applies, through a fold and through a log of keys, and each poll
 * compares them: seq without a gap, no value twice, one and the same state.
 */
final class Scene {
    static final Instant ZERO = Instant.parse("2026-11-20T10:00:00Z");
    static final CauseReader CAUSES = Scene::cause;

    final FakeFleet fleet;
    final List<String> lines = new ArrayList<>();
    final HealthFold fold = new HealthFold();
    private final Map<String, Finding> findings = new HashMap<>();
    private final TreeMap<Long, List<Runnable>> script = new TreeMap<>();
    long pollMillis = 5_000;
    HealthRules rules = HealthRules.DEFAULT;
    PollResult.@Nullable Dark dark;
    /** Our wall clock and monotonic clock run from anywhere. */
    private long monoZero = 777_000;

    private WaitClock waits = new WaitClock();
    private @Nullable HealthTable table;
    private HealthTable replay = table(1);
    private long epoch = 1;
    private long polls;
    private long now;
    private long awakeFrom;
    private @Nullable String lastState;

    @Nullable
    DeltaBatch last;

    Scene() {
        this(1);
    }

    Scene(long seed) {
        fleet = new FakeFleet(new Random(seed));
    }

    private HealthTable table(long epochOfIt) {
        return new HealthTable(FakeFleet.SOURCE, rules, CAUSES, waits, epochOfIt);
    }

    /** Errors of the fake fleet are written as {@code family/sub_cause/locus}. */
    private static Cause cause(String error) {
        String[] parts = error.split("/");
        CauseKind kind = parts.length < 3
                ? new CauseKind(CauseFamily.UNKNOWN, "other", Locus.UNKNOWN)
                : new CauseKind(
                        Named.of(CauseFamily.class, parts[0]).orElseThrow(),
                        parts[1],
                        Named.of(Locus.class, parts[2]).orElseThrow());
        return new Cause(kind, error, "");
    }

    Scene at(double seconds, Runnable action) {
        script.computeIfAbsent((long) (seconds * 1000), key -> new ArrayList<>())
                .add(action);
        return this;
    }

    void fails(String error, String... instances) {
        for (String instance : instances) {
            fleet.of(instance).error = error;
        }
    }

    void recovers(String... instances) {
        fails("", instances);
    }

    void leaves(String... instances) {
        for (String instance : instances) {
            fleet.of(instance).listed = false;
        }
    }

    void dark(SourceState state, SourceState.Why why) {
        dark = new PollResult.Dark(0, new Moment(0, ZERO), state, why, "no answer");
    }

    void light() {
        dark = null;
    }

    /** We are stopped for that long and then go on: no beat, no poll. */
    void stall(double seconds) {
        awakeFrom = now + (long) (seconds * 1000);
    }

    /** We are killed and start again at once; what was told is what is remembered. */
    void killUs() {
        epoch++;
        polls = 0;
        monoZero += 9_999_999;
        waits = new WaitClock();
        table = table(epoch);
        replay = table(epoch);
        Instant until = last == null ? Instant.EPOCH : last.observedUntil();
        table.restore(List.copyOf(fold.states()), List.copyOf(findings.values()), until);
        replay.restore(List.copyOf(fold.states()), List.copyOf(findings.values()), until);
        lastState = null;
    }

    /** Runs the virtual clock in steps of a quarter second. */
    Scene until(double seconds) {
        if (table == null) {
            table = table(epoch);
            replay = table(epoch);
        }
        for (; now <= (long) (seconds * 1000); now += 250) {
            fleet.advance(now);
            script.headMap(now, true).values().forEach(actions -> actions.forEach(Runnable::run));
            script.headMap(now, true).clear();
            if (now >= awakeFrom) {
                waits.beat(now + monoZero);
                if (now % pollMillis == 0) {
                    poll();
                }
            }
        }
        return this;
    }

    private void poll() {
        Moment at = new Moment(now + monoZero, ZERO.plusMillis(now));
        PollResult result = dark == null
                ? fleet.answer(++polls, at, ZERO)
                : new PollResult.Dark(++polls, at, dark.state(), dark.why(), dark.detail());
        DeltaBatch batch = java.util.Objects.requireNonNull(table).poll(result, Duration.ofMillis(pollMillis));
        last = batch;
        write(batch);
        verify(batch);
    }

    private void write(DeltaBatch batch) {
        String time = seconds(ZERO.plusMillis(now)) + " ";
        if (!batch.state().text().equals(lastState)) {
            lastState = batch.state().text();
            lines.add(time + lastState);
        }
        Set<String> sorted = new TreeSet<>();
        batch.deltas().forEach(delta -> sorted.add(time + line(delta)));
        batch.findings()
                .forEach(finding -> sorted.add(time + finding.kind().text() + " " + finding.subject() + " "
                        + (finding.open() ? "opens" : "clears") + " #" + finding.seq()));
        batch.tombstones().forEach(end -> sorted.add(time + "end of " + name(end) + " #" + end.seq()));
        lines.addAll(sorted);
    }

    private String name(Tombstone end) {
        HealthDelta state = fold.state(end.key());
        return state == null ? end.stream().text() : state.target().instance();
    }

    private static String line(HealthDelta delta) {
        Health health = delta.to().health();
        String why = health instanceof Health.Down down
                ? " " + down.cause().kind().subCause()
                : health instanceof Health.Unknown unknown
                        ? " " + unknown.why().text()
                        : health instanceof Health.Gone gone ? " " + gone.why().text() : "";
        return delta.target().instance() + " " + health.text() + why + " #" + delta.seq() + " since "
                + seconds(delta.to().since());
    }

    private static String seconds(Instant instant) {
        return Duration.between(ZERO, instant).toSeconds() + "s";
    }

    private void verify(DeltaBatch batch) {
        Set<String> keys = new HashSet<>();
        for (HealthDelta delta : batch.deltas()) {
            assertThat(keys.add(delta.target().id()))
                    .as("one delta per target and poll")
                    .isTrue();
            HealthDelta before = fold.state(delta.target().id());
            assertThat(delta.from()).as("from").isEqualTo(before == null ? null : before.to());
            if (before != null) {
                assertThat(value(delta.to().health()))
                        .as("a new value")
                        .isNotEqualTo(value(before.to().health()));
            }
            assertThat(fold.apply(delta)).isEqualTo(HealthFold.Step.IN_ORDER);
            assertThat(delta.to().since()).isBeforeOrEqualTo(batch.at().wall());
            truth(delta);
        }
        for (Finding finding : batch.findings()) {
            Finding before = findings.put(finding.key(), finding);
            assertThat(finding.seq()).isEqualTo(before == null ? 1 : before.seq() + 1);
            assertThat(finding.open()).isNotEqualTo(before != null && before.open());
        }
        for (Tombstone end : batch.tombstones()) {
            if (end.stream() == Stream.HEALTH) {
                assertThat(fold.apply(end)).isEqualTo(HealthFold.Step.IN_ORDER);
            } else {
                assertThat(findings.remove(end.key())).isNotNull();
            }
        }
        replay.apply(batch);
        HealthTable live = java.util.Objects.requireNonNull(table);
        assertThat(replay.ledger().told()).isEqualTo(live.ledger().told()).isEqualTo(folded());
        assertThat(replay.ledger().findings())
                .isEqualTo(live.ledger().findings())
                .isEqualTo(findings);
        assertThat(replay.ledger().observedUntil()).isEqualTo(live.ledger().observedUntil());
        count(batch);
    }

    /** Up and down are told only as the server shows them in this very answer. */
    private void truth(HealthDelta delta) {
        String error = fleet.targets.values().stream()
                .filter(each -> each.target.equals(delta.target()))
                .findFirst()
                .orElseThrow()
                .lastError;
        if (delta.to().health() instanceof Health.Up || delta.to().health() instanceof Health.Down) {
            assertThat(dark).as("nothing is up or down in the dark").isNull();
            assertThat(delta.to().health() instanceof Health.Up).isEqualTo(error.isEmpty());
        }
    }

    private void count(DeltaBatch batch) {
        long down = count("down");
        long unknown = count("unknown");
        assertThat(batch.targets()).isEqualTo((int) (count("up") + down + unknown));
        assertThat(batch.down()).isEqualTo((int) down);
        assertThat(batch.unknown()).isEqualTo((int) unknown);
    }

    private long count(String health) {
        return fold.states().stream()
                .filter(state -> state.to().health().text().equals(health))
                .count();
    }

    private Map<String, List<Object>> folded() {
        Map<String, List<Object>> folded = new HashMap<>();
        for (HealthDelta state : fold.states()) {
            folded.put(
                    state.target().id(),
                    List.of(state.to().health(), state.to().since().toEpochMilli(), state.seq()));
        }
        return folded;
    }

    private static Object value(Health health) {
        return health instanceof Health.Down down ? down.cause().kind() : health;
    }

    /** The instances whose last state has no vote now. */
    Set<String> mute() {
        Set<String> mute = new TreeSet<>();
        java.util.Objects.requireNonNull(last)
                .mute()
                .forEach(id -> mute.add(java.util.Objects.requireNonNull(fold.state(id))
                        .target()
                        .instance()));
        return mute;
    }

    /** What was told after that time, and not before. */
    List<String> after(double seconds) {
        return lines.stream()
                .filter(line -> Double.parseDouble(line.substring(0, line.indexOf('s'))) > seconds)
                .toList();
    }
}
