package dev.tocsin.cli;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Clock;
import dev.tocsin.bus.Told;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.SourceState;
import dev.tocsin.scenario.Failure;
import dev.tocsin.scenario.Player;
import dev.tocsin.scenario.Scenario;
import dev.tocsin.scenario.Step;
import dev.tocsin.sim.HttpStage;
import dev.tocsin.sim.RunningFleet;
import dev.tocsin.wire.Event;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A story that is played to a monitor, once. Thread-safe: it is played on a thread of its own, and heard on an event
 * loop.
 */
final class Play implements Company {
    private static final int READY_SECONDS_MAX = 60;

    private final Scenario scenario;
    private final RunningFleet fleet;
    private final Clock clock;
    private final Consumer<String> narrate;
    private final Queue<Event> heard = new ConcurrentLinkedQueue<>();
    private final Tally tally = new Tally();
    private final CompletableFuture<Void> allReady = new CompletableFuture<>();
    private final CompletableFuture<Optional<Failure>> ended = new CompletableFuture<>();
    private volatile @Nullable HttpStage stage;

    /** @param narrate takes a line about each thing that is done to the fleet */
    Play(Scenario scenario, RunningFleet fleet, Clock clock, Consumer<String> narrate) {
        this.scenario = scenario;
        this.fleet = fleet;
        this.clock = clock;
        this.narrate = narrate;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public List<Deployable> listeners() {
        return List.of(new Ear());
    }

    /* A story is told from its first second on to somebody who sees. */
    @Override
    public void began(Runnable over) {
        Thread thread = new Thread(() -> play(over), "tocsin-story");
        thread.setDaemon(true);
        thread.start();
    }

    private void play(Runnable over) {
        try {
            allReady.get(READY_SECONDS_MAX, TimeUnit.SECONDS);
            HttpStage begun = new HttpStage(fleet, clock, heard);
            stage = begun;
            ended.complete(Player.play(scenario, begun, this::tell));
        } catch (UncheckedIOException refused) {
            ended.completeExceptionally(refused.getCause());
        } catch (TimeoutException late) {
            ended.completeExceptionally(new IOException(
                    "not all servers of the story were ready within " + READY_SECONDS_MAX + " s", late));
        } catch (Throwable brokeOrLeft) {
            ended.completeExceptionally(brokeOrLeft);
        } finally {
            over.run();
        }
    }

    private void tell(Duration at, Step.Act step) {
        narrate.accept("at " + (at.isZero() ? "0s" : Words.duration(at)) + ": " + said(step.text()));
    }

    /* Without the moment before it and the comment behind it. */
    private static String said(String line) {
        return line.replaceFirst("^(at|after) \\S+\\s+", "").replaceFirst("\\s+#[^\"]*$", "");
    }

    /** How it ended: not at all when it was left; with the first expectation that was not met; or as it should. */
    Ending ending() {
        HttpStage begun = stage;
        if (begun != null) {
            begun.leave();
        }
        if (!ended.isDone()) {
            return new Ending.Left();
        }
        return ended.handle((failure, bug) -> {
                    if (bug instanceof HttpStage.Left) {
                        return new Ending.Left();
                    } else if (bug != null) {
                        return new Ending.Broke(bug);
                    }
                    return failure.<Ending>map(Ending.NotAsExpected::new).orElseGet(Ending.AsExpected::new);
                })
                .join();
    }

    /** How a play ended. */
    sealed interface Ending {
        record Left() implements Ending {}

        record AsExpected() implements Ending {}

        record NotAsExpected(Failure failure) implements Ending {}

        /** @param why an {@code IOException} when the fleet could not be run, else a bug */
        record Broke(Throwable why) implements Ending {}
    }

    /** What was told in numbers; for when the monitor has stopped. */
    List<String> numbers() {
        return tally.lines();
    }

    /** Hears what the monitor tells. Confined: its event loop. */
    private final class Ear extends VerticleBase {
        private final Set<String> unready =
                new HashSet<>(scenario.setting().sources().keySet());

        @Override
        public Future<?> start() {
            vertx.eventBus().<DeltaBatch>localConsumer(Addresses.BATCHES, message -> look(message.body()));
            return vertx.eventBus()
                    .<Told.Group>consumer(
                            Addresses.TOLD, message -> message.body().records().forEach(this::hear))
                    .completion();
        }

        private void look(DeltaBatch batch) {
            if (batch.state() == SourceState.READY
                    && unready.remove(batch.source().name())
                    && unready.isEmpty()) {
                allReady.complete(null);
            }
        }

        private void hear(Told told) {
            heard.add(told.event());
            tally.take(told);
        }
    }
}
