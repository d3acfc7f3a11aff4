package dev.tocsin.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * One source's memory: answers in, what they change out. Confined: its poller.
 *
 * <p>What was <em>told</em> is in the {@link Ledger}, changed by {@link #apply} alone. What is <em>seen</em> (evidence,
 * waits) is not remembered: after our own start it begins again, and nothing is concluded before it has.
 */
public final class HealthTable {
    private final Source source;
    private final HealthRules rules;
    private final CauseReader causes;
    private final WaitClock waits;
    private final long epoch;
    private final TargetJudge judge;
    private final Ledger ledger;

    /* Seen. */
    private final SourceClock clock = new SourceClock();
    private final Warming warming = new Warming();
    private final Guard guard = new Guard();
    private final Reach reach = new Reach();
    private final PoolList pools = new PoolList();
    private final Leavers leavers;
    private final SourceFindings findings;
    private boolean started;
    private long lastPoll = Long.MIN_VALUE;
    private boolean answeredBefore;
    private boolean ready;
    private boolean blind;
    private long readySince;
    private int life; // of the server: grows with each new start of it
    private int spell; // of sight: grows with each blindness

    public HealthTable(Source source, HealthRules rules, CauseReader causes, WaitClock waits, long epoch) {
        this.source = source;
        this.rules = rules;
        this.causes = causes;
        this.waits = waits;
        this.epoch = epoch;
        this.judge = new TargetJudge(rules, waits);
        FindingBook book = new FindingBook(source.name(), source.cluster(), epoch);
        this.ledger = new Ledger(book);
        this.leavers = new Leavers(source, ledger, judge, pools, waits);
        this.findings = new SourceFindings(source, book, rules, waits);
    }

    /** Takes over what the log remembers of this source, before the first poll. */
    public void restore(Collection<HealthDelta> health, Collection<Finding> found, Instant seenUntil) {
        ledger.restore(health, found, seenUntil);
    }

    /** What a poll changes, applied already. Polls come in order: an answer that is late must not get here. */
    public DeltaBatch poll(PollResult result, Duration pollInterval) {
        if (result.poll() <= lastPoll) {
            throw new IllegalStateException(source.name() + ": poll " + result.poll() + " came after poll " + lastPoll
                    + ", want each poll once and in order");
        }
        lastPoll = result.poll();
        start(result.at().monoMillis());
        DeltaBatch batch = result instanceof PollResult.Answered answer
                ? answered(answer, pollInterval)
                : dark((PollResult.Dark) result, pollInterval);
        apply(batch);
        return batch;
    }

    private void start(long now) {
        if (started) {
            return;
        }
        started = true;
        for (TargetMemory target : ledger.targets()) {
            target.votedAt = now;
            target.absentSince = now;
        }
        findings.restore(ledger.targets());
    }

    private DeltaBatch dark(PollResult.Dark dark, Duration pollInterval) {
        Draft draft = new Draft(source, epoch, dark, ledger.census());
        ready = false;
        blindSpell();
        ledger.targets().forEach(target -> judge.unseen(target, draft));
        return draft.batch(
                dark.state(),
                dark.why(),
                dark.detail(),
                ledger.observedUntil(),
                pollInterval,
                DeltaBatch.Reached.NOBODY,
                life,
                null);
    }

    private DeltaBatch answered(PollResult.Answered answer, Duration pollInterval) {
        Draft draft = new Draft(source, epoch, answer, ledger.census());
        clock.see(answer);
        if (warming.restarted(answer.server().startTime(), draft.at().monoMillis())) {
            life++;
            blindSpell();
        }
        Look look = look(answer, pollInterval.toMillis());
        findings.answered(answer, draft);
        Stage stage = stage(look, draft.at().monoMillis());
        Instant until = ledger.observedUntil();
        if (stage.state == SourceState.READY) {
            until = draft.at().wall();
            ready(look, draft);
        } else {
            notReady(stage.state, look, draft);
        }
        DeltaBatch.Reached reached = reach.known(look.oldestUp(), clock, draft.at());
        Routing routing =
                ready && findings.configurationSeen() ? answer.server().routing() : null;
        return draft.batch(stage.state, null, stage.detail, until, pollInterval, reached, life, routing);
    }

    /** Takes the answer in; nothing is told yet. */
    private Look look(PollResult.Answered answer, long pollIntervalMillis) {
        Look look = new Look(answer, pollIntervalMillis);
        long now = answer.at().monoMillis();
        for (Observation observation : answer.observations()) {
            TargetMemory target = ledger.of(observation.target());
            if (target.votedAt == TargetMemory.NEVER) {
                firstSight(target, now);
            }
            arrive(target, observation, now);
            boolean failedBefore = target.reading == Observation.Reading.DOWN;
            TargetMemory.Scrape scrape = target.see(observation, causes, answer.at(), clock, spell);
            if (scrape != TargetMemory.Scrape.NOTHING_NEW && target.target.remote()) {
                scraped(target, scrape == TargetMemory.Scrape.FAILED, failedBefore, now);
            }
            target.still = observation.scraped() && Freshness.of(target, clock, waits, now) != Freshness.FRESH;
            look.add(target, observation, target.still);
        }
        answeredBefore = true;
        return look;
    }

    private void scraped(TargetMemory target, boolean failed, boolean failedBefore, long now) {
        if (!failedBefore) {
            guard.scraped(target, failed);
        }
        if (!failed) {
            reach.reached(target, now);
        }
    }

    private void firstSight(TargetMemory target, long now) {
        target.votedAt = now;
        target.firstSeenAt = answeredBefore ? now : TargetMemory.NEVER;
    }

    private void arrive(TargetMemory target, Observation observation, long now) {
        target.seenPoll = lastPoll;
        if (target.absentPolls > 0) {
            target.absentPolls = 0;
            target.votedAt = target.gone() ? now : target.votedAt;
        }
        if (target.life != life) {
            target.target = observation.target(); // labels that the operator adds may be others after our own start
            target.life = observation.scraped() ? life : target.life;
        }
    }

    /** A source's state, and what is the matter. */
    private record Stage(SourceState state, String detail) {}

    private Stage stage(Look look, long now) {
        long limit = look.seen.isEmpty() ? Warming.emptyMillis(source.kind()) : look.overdueMillis();
        if (warming.judge(look.anyScraped(), limit, waits, now) == Warming.Phase.NOTHING_SCRAPED_YET) {
            return new Stage(SourceState.WARMING, "none of " + look.seen.size() + " targets has been scraped yet");
        }
        if (frozen(look)) {
            String detail = "the scrapes of " + look.still() + " of " + look.scraped() + " targets stand still";
            return new Stage(SourceState.FROZEN, detail);
        }
        return switch (guard.judge(look.remote(), look.failing(), lastPoll, look.roundMillis(), waits, now)) {
            case TRUSTED, CALM -> new Stage(SourceState.READY, "");
            case SUSPECT -> new Stage(SourceState.SUSPECT, guard.detail());
        };
    }

    private boolean frozen(Look look) {
        return switch (source.kind()) {
            case PROMETHEUS -> look.mostStandStill();
            /* Reloads that starve its slow checks leave it the quick ones: it goes on to vote for whom it knows, the
             * others go unknown one by one, and a finding says why (health_data_starved). */
            case TRAEFIK -> false;
        };
    }

    private void ready(Look look, Draft draft) {
        long now = draft.at().monoMillis();
        readySince = ready ? readySince : now;
        ready = true;
        blind = false;
        pools.see(look.server().pools(), now);
        List<Observation> observations = look.answer().observations();
        for (int i = 0; i < observations.size(); i++) {
            if (observations.get(i).unchecked()) {
                judge.unchecked(look.seen.get(i), draft);
            } else {
                judge.listed(look.seen.get(i), observations.get(i).scraped(), readySince, draft);
            }
        }
        Set<String> left = leavers.look(look, warming.hides(look.server().startTime()), lastPoll, life, draft);
        findings.scrapes(look, draft);
        findings.ready(look, pools, ledger.targets(), left, draft);
        ledger.forget(draft, rules.absentFor().toMillis(), waits, lastPoll);
    }

    private void notReady(SourceState state, Look look, Draft draft) {
        ready = false;
        if (state == SourceState.SUSPECT) {
            blind = false; // we see its scrapes, and only do not believe what they say of the targets
            leavers.recount();
            findings.scrapes(look, draft);
        } else {
            blindSpell();
        }
        ledger.targets().removeIf(target -> !target.told() && target.seenPoll != lastPoll);
        ledger.targets().forEach(target -> judge.unseen(target, draft));
    }

    /** The source cannot be seen through: what was counted so far does not continue afterwards. */
    private void blindSpell() {
        spell += blind ? 0 : 1;
        blind = true;
        guard.blind();
        pools.blind();
        findings.blind();
        leavers.recount();
    }

    /** Takes what was decided, now or before a restart, as told. */
    void apply(DeltaBatch batch) {
        ledger.apply(batch);
    }

    /** What has been told, to be compared. */
    Ledger ledger() {
        return ledger;
    }
}
