package dev.tocsin.scenario;

import dev.tocsin.scenario.Step.Timed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The lines that do something to Traefiks, and what of the other lines can not be done to them. */
final class TraefikForms {
    /** A day of reloads, one each 2 s. */
    private static final int RELOADS_MAX = 43_200;

    /** A Traefik takes no more than one configuration of a provider in that time. */
    private static final Duration THROTTLE = Duration.ofSeconds(2);

    private TraefikForms() {}

    static final List<Form> ALL = List.of(
            new Form(
                    "source SOURCES reloads|reload", (args, story) -> story.act(new Command.Reload(only(args, story)))),
            new Form("source SOURCES reloads|reload every DURATION for DURATION", TraefikForms::reload),
            new Form(
                    "source SOURCES empties|empty [for DURATION]",
                    (args, story) -> CommandForms.act(
                            story, args, 2, new Command.Empty(only(args, story)), new Command.Refill(args.list(0)))));

    private static void reload(Args args, Story story) {
        Command once = new Command.Reload(only(args, story));
        List<Timed> timed = new ArrayList<>();
        Duration step = args.span(2);
        story.refuseUnless(
                step.compareTo(THROTTLE) >= 0, "every " + Span.text(step), "2s at least: a Traefik takes no more");
        for (Duration at = Duration.ZERO;
                at.compareTo(args.span(3)) < 0 && timed.size() < RELOADS_MAX && !step.isZero();
                at = at.plus(step)) {
            timed.add(new Timed(at, once));
        }
        story.act(timed);
    }

    private static List<String> only(Args args, Story story) {
        List<String> traefiks = story.names.traefiks();
        args.<String>list(0)
                .forEach(source -> story.refuseUnless(
                        traefiks.contains(source), source, "a traefik: " + String.join(", ", traefiks)));
        return args.list(0);
    }

    /** The sources of a line that is for Prometheus servers alone. */
    static List<String> without(Args args, Story story) {
        args.<String>list(0)
                .forEach(source -> story.refuseUnless(
                        !story.names.traefiks().contains(source), source, "a Prometheus: a Traefik scrapes nothing"));
        return args.list(0);
    }

    static void refuseUnlessCanBe(List<String> sources, Sickness sickness, Story story) {
        boolean fine =
                Sickness.OF_TRAEFIK.contains(sickness) || sources.stream().noneMatch(story.names.traefiks()::contains);
        story.refuseUnless(
                fine,
                sickness.word(),
                "what can be the matter with a Traefik: "
                        + String.join(
                                ", ",
                                Sickness.OF_TRAEFIK.stream().map(Sickness::word).toList()));
    }

    static void refuseUnlessLooked(List<String> sources, List<TargetRef> targets, Story story) {
        targets.stream()
                .filter(target -> sources.stream().noneMatch(source -> story.names.looksAt(source, target)))
                .findFirst()
                .ifPresent(target -> story.refuse(
                        target.job().name(), "a target at which " + String.join(", ", sources) + " would look"));
    }
}
