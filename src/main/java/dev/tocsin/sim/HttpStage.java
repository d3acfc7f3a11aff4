package dev.tocsin.sim;

import dev.tocsin.bus.Clock;
import dev.tocsin.health.Moment;
import dev.tocsin.scenario.Command;
import dev.tocsin.scenario.Stage;
import dev.tocsin.scenario.Told;
import dev.tocsin.wire.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A running fleet and the monitor that watches it, as the stage of a story: time passes by itself. Confined: the thread
 * that plays, but for {@link #leave}, which any thread may call.
 */
public final class HttpStage implements Stage {
    private final RunningFleet fleet;
    private final Clock clock;
    private final Moment start;
    private final Telling telling;
    private final Queue<Event> heard;
    private final CountDownLatch left = new CountDownLatch(1);
    private Duration passed = Duration.ZERO;

    /**
     * A stage on which the story begins now.
     *
     * @param clock of the fleet and of the monitor
     * @param heard what the monitor tells, while it tells it; emptied here
     */
    public HttpStage(RunningFleet fleet, Clock clock, Queue<Event> heard) {
        this.fleet = fleet;
        this.clock = clock;
        this.heard = heard;
        this.start = clock.now();
        this.telling = new Telling(start.wall());
    }

    /** The story was left before its end. */
    public static final class Left extends RuntimeException {
        private static final long serialVersionUID = 1;

        Left() {
            super("the story was left before its end", null, false, false);
        }
    }

    /** Ends the play: whoever plays gets {@link Left} when it next lets time pass. */
    public void leave() {
        left.countDown();
    }

    @Override
    public void perform(Command command) {
        try {
            fleet.perform(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void pass(Duration time) {
        passed = passed.plus(time);
        try {
            long wait = passed.toMillis() - clock.now().millisSince(start);
            if (left.await(wait <= 0 ? 0 : clock.machineMillis(wait), TimeUnit.MILLISECONDS)) {
                throw new Left();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Left();
        }
    }

    @Override
    public List<Told> told() {
        for (Event event = heard.poll(); event != null; event = heard.poll()) {
            telling.take(passed, event);
        }
        return telling.told();
    }
}
