package dev.tocsin.scenario;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Plays a story on a stage, and holds what is told against what is expected. Confined: one story. */
public final class Player {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Scenario scenario;
    private final Stage stage;
    private final Narrator narrator;
    private final Heard heard = new Heard();
    private final Judgement judgement = new Judgement(heard);
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
    private Duration clock = Duration.ZERO;

    /** From when on a {@code within} counts. */
    private Duration anchor = Duration.ZERO;

    private int numbered;

    private record Due(Duration at, int number, Command command) {}

    /** Hears of each thing that is done, when it is. */
    @FunctionalInterface
    public interface Narrator {
        void tell(Duration at, Step.Act step);
    }

    private Player(Scenario scenario, Stage stage, Narrator narrator) {
        this.scenario = scenario;
        this.stage = stage;
        this.narrator = narrator;
    }

    /** The first expectation that is not met, or what was told beside them; empty when all is as it should be. */
    public static Optional<Failure> play(Scenario scenario, Stage stage) {
        return play(scenario, stage, (at, step) -> {});
    }

    /** The same, with somebody who tells of it. */
    public static Optional<Failure> play(Scenario scenario, Stage stage, Narrator narrator) {
        return new Player(scenario, stage, narrator).play();
    }

    private Optional<Failure> play() {
        for (Step step : scenario.steps()) {
            Optional<String> wrong = play(step);
            if (wrong.isPresent()) {
                return wrong.map(why -> failure(Optional.of(step), why));
            }
        }
        return judgement.atTheEnd().map(why -> failure(Optional.empty(), why));
    }

    private Failure failure(Optional<Step> step, String why) {
        return new Failure(scenario.file(), step, why, clock, List.copyOf(heard.since(0)));
    }

    private Optional<String> play(Step step) {
        if (step instanceof Step.At at) {
            return moment(at.since() ? clock.plus(at.time()) : at.time());
        }
        if (step instanceof Step.Act act) {
            anchor = clock;
            narrator.tell(clock, act);
            act.commands().forEach(timed -> due.add(new Due(clock.plus(timed.after()), numbered++, timed.command())));
            perform();
            return Optional.empty();
        }
        Expectation expectation = ((Step.Expect) step).expectation();
        return expectation instanceof Expectation.Silence silence ? silent(silence) : expect(expectation);
    }

    private Optional<String> moment(Duration time) {
        while (clock.compareTo(time) < 0) {
            second();
        }
        anchor = clock;
        return Optional.empty();
    }

    private Optional<String> expect(Expectation expectation) {
        Duration deadline = anchor.plus(expectation.within());
        Judgement.Verdict verdict = judgement.of(expectation, 0);
        while (!verdict.met() && !verdict.hopeless() && clock.compareTo(deadline) < 0) {
            second();
            verdict = judgement.of(expectation, 0);
        }
        return verdict.met() ? Optional.empty() : Optional.of(verdict.why());
    }

    private Optional<String> silent(Expectation.Silence silence) {
        int from = heard.size();
        Duration end = clock.plus(silence.lasting());
        Judgement.Verdict verdict = judgement.of(silence, from);
        while (verdict.met() && clock.compareTo(end) < 0) {
            second();
            verdict = judgement.of(silence, from);
        }
        anchor = clock;
        return verdict.met() ? Optional.empty() : Optional.of(verdict.why());
    }

    private void second() {
        stage.pass(SECOND);
        clock = clock.plus(SECOND);
        heard.take(stage.told());
        perform();
    }

    private void perform() {
        while (!due.isEmpty() && due.element().at().compareTo(clock) <= 0) {
            stage.perform(due.remove().command());
        }
    }
}
