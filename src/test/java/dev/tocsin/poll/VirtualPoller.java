package dev.tocsin.poll;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.Moment;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.WaitClock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The production rounds of one source in virtual time: when it asks, how long it waits, which answer counts. */
public final class VirtualPoller {
    private static final long USUAL_BYTES = 20_000;
    /* First rounds far apart meet more orders of events than those of a few sources would. */
    private static final int AS_OF_MANY = 1_000;

    private final Rounds rounds;
    private final WaitClock waits;
    private final HealthTable table;
    private Plan plan;
    private long started;
    private @Nullable Reply reply;
    private long polls;

    /**
     * What a server answers.
     *
     * @param atMillis when it is in, on our monotonic clock; {@link Long#MAX_VALUE} is never
     * @param afterwards what comes of it: of the moment at which it is in, or at which we gave up
     */
    public record Reply(long atMillis, Comes afterwards) {
        /** What an answer comes to. */
        public interface Comes {
            PollResult at(long poll, Moment now, boolean tooLate);
        }
    }

    /** Who is asked. */
    public interface Server {
        Reply ask(Moment now);
    }

    public VirtualPoller(
            String source, HealthTable table, WaitClock waits, Duration interval, Duration timeout, Moment now) {
        this.rounds = new Rounds(new Schedule(source, interval, timeout), waits);
        this.waits = waits;
        this.table = table;
        this.plan = rounds.first(now.monoMillis(), AS_OF_MANY);
    }

    /** Ends the round that is over, begins the one that is due; what it has told. */
    public Optional<DeltaBatch> beat(Moment now, Server server) {
        waits.beat(now.monoMillis());
        if (reply == null && now.monoMillis() >= plan.atMillis()) {
            started = now.monoMillis();
            reply = server.ask(now);
        }
        return reply == null ? Optional.empty() : ended(reply, now);
    }

    private Optional<DeltaBatch> ended(Reply asked, Moment now) {
        boolean in = asked.atMillis() <= now.monoMillis();
        boolean late = now.monoMillis() - started >= rounds.deadline().toMillis();
        if (!in && !late) {
            return Optional.empty();
        }
        reply = null;
        PollResult result = asked.afterwards().at(polls + 1, now, !in);
        Rounds.Ended round = rounds.ended(outcome(result, now.monoMillis() - started), started, now.monoMillis());
        plan = round.next();
        if (!round.counts()) {
            return Optional.empty();
        }
        polls++;
        return Optional.of(table.poll(result, plan.interval()));
    }

    private static Outcome outcome(PollResult result, long millis) {
        if (!(result instanceof PollResult.Dark dark)) {
            return new Outcome.Answered(millis, USUAL_BYTES);
        } else if (dark.state() == SourceState.BLIND) {
            return dark.why() == SourceState.Why.AUTH ? new Outcome.Denied() : new Outcome.Dark();
        }
        return dark.state() == SourceState.RELOADING ? new Outcome.TooSlow() : new Outcome.NotServing();
    }
}
