package dev.tocsin.sim;

import dev.tocsin.scenario.Command;
import dev.tocsin.scenario.Mistake;
import dev.tocsin.scenario.Scenario;
import dev.tocsin.scenario.Sickness;
import dev.tocsin.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a story cannot be played over HTTP by one process. Stateless; pure. */
public final class Unplayable {
    private static final String VIRTUAL_TIME = "; only the tests' virtual time can play that";

    private Unplayable() {}

    /** A mistake for each line that no running fleet can play, in order; empty when the whole story can be played. */
    public static List<Mistake> in(Scenario scenario) {
        List<Mistake> mistakes = new ArrayList<>();
        for (Step step : scenario.steps()) {
            if (step instanceof Step.Act act) {
                act.commands().stream()
                        .flatMap(timed -> wanted(timed.command()).stream())
                        .findFirst()
                        .ifPresent(want -> mistakes.add(new Mistake(act.place(), act.text(), want)));
            }
        }
        return mistakes;
    }

    private static Optional<String> wanted(Command command) {
        if (command instanceof Command.Sick sick && sick.sickness() == Sickness.NAMELESS) {
            return Optional.of("another sickness: the servers have an address, and no name to lose" + VIRTUAL_TIME);
        }
        boolean ours = command instanceof Command.Stall
                || command instanceof Command.Die
                || command instanceof Command.Start
                || command instanceof Command.OwnClock;
        return ours
                ? Optional.of("something done to the fleet: the monitor itself goes on here" + VIRTUAL_TIME)
                : Optional.empty();
    }
}
