package dev.tocsin.scenario;

import dev.tocsin.scenario.Step.Timed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The lines that do something. */
final class CommandForms {
    /** How often a target may flap in one line: two days at one change a second would be no story. */
    private static final int FLAPS_MAX = 10_000;

    private CommandForms() {}

    static final List<Form> ALL = List.of(
            new Form(
                    "TARGETS refuses|refuse [for DURATION]",
                    (args, story) -> act(
                            story,
                            args,
                            2,
                            new Command.Fail(args.list(0), List.of()),
                            new Command.Recover(args.list(0)))),
            new Form(
                    "TARGETS fails|fail TEXTS [for DURATION]",
                    (args, story) -> act(
                            story,
                            args,
                            3,
                            new Command.Fail(args.list(0), args.list(2)),
                            new Command.Recover(args.list(0)))),
            new Form(
                    "TARGETS hangs|hang [for DURATION]",
                    (args, story) ->
                            act(story, args, 2, new Command.Hang(args.list(0)), new Command.Recover(args.list(0)))),
            new Form("TARGETS recovers|recover", (args, story) -> story.act(new Command.Recover(args.list(0)))),
            new Form("TARGETS flaps|flap every DURATION for DURATION", CommandForms::flap),
            new Form(
                    "job JOB has NUMBER instances",
                    (args, story) -> lists(story, story.scraped(args, 0), List.of("1.." + args.text(1)))),
            new Form("job JOB has INSTANCES", (args, story) -> lists(story, story.scraped(args, 0), args.list(1))),
            new Form("job JOB is empty", (args, story) -> lists(story, story.scraped(args, 0), List.of())),
            new Form("job JOB leaves", (args, story) -> {
                JobRef job = story.scraped(args, 0);
                story.names.lists(job, List.of());
                story.act(new Command.Leaves(job));
            }),
            new Form("job JOB becomes NAME", CommandForms::becomes),
            new Form("source SOURCES SICKNESS [for DURATION]", (args, story) -> {
                TraefikForms.refuseUnlessCanBe(args.list(0), args.get(1, Sickness.class), story);
                act(
                        story,
                        args,
                        2,
                        new Command.Sick(args.list(0), args.get(1, Sickness.class)),
                        new Command.Well(args.list(0)));
            }),
            new Form("source SOURCES recovers|recover", (args, story) -> story.act(new Command.Well(args.list(0)))),
            new Form("source SOURCES restarts|restart", (args, story) -> story.act(new Command.Restart(args.list(0)))),
            new Form("source SOURCES loses|lose TARGETS [for DURATION]", (args, story) -> {
                TraefikForms.refuseUnlessLooked(args.list(0), args.list(2), story);
                act(
                        story,
                        args,
                        3,
                        new Command.Cut(args.list(0), args.list(2)),
                        new Command.Join(args.list(0), args.list(2)));
            }),
            new Form(
                    "source SOURCES reaches|reach TARGETS",
                    (args, story) -> story.act(new Command.Join(args.list(0), args.list(2)))),
            new Form(
                    "source SOURCES clock OFFSET",
                    (args, story) -> story.act(new Command.Clock(args.list(0), args.span(1)))),
            new Form(
                    "source SOURCES resets|reset JOB",
                    (args, story) ->
                            story.act(new Command.Reset(TraefikForms.without(args, story), story.scraped(args, 2)))),
            new Form(
                    "source SOURCES drops|drop NUMBER of JOB",
                    (args, story) -> story.act(new Command.Dropped(
                            TraefikForms.without(args, story),
                            story.scraped(args, 3),
                            Integer.parseInt(args.text(2))))),
            new Form("tocsin stalls DURATION", (args, story) -> story.act(new Command.Stall(args.span(0)))),
            new Form(
                    "tocsin dies [for DURATION]",
                    (args, story) -> act(story, args, 0, new Command.Die(), new Command.Start())),
            new Form("tocsin starts", (args, story) -> story.act(new Command.Start())),
            new Form("tocsin clock OFFSET", (args, story) -> story.act(new Command.OwnClock(args.span(0)))));

    static void act(Story story, Args args, int lasting, Command command, Command undo) {
        List<Timed> timed = new ArrayList<>(List.of(new Timed(Duration.ZERO, command)));
        args.maybe(lasting, Duration.class).ifPresent(after -> timed.add(new Timed(after, undo)));
        story.act(timed);
    }

    /* It fails first, and is well at the end. */
    private static void flap(Args args, Story story) {
        List<TargetRef> targets = args.list(0);
        Duration every = args.span(2);
        Duration end = args.span(3);
        List<Timed> timed = new ArrayList<>();
        Duration at = Duration.ZERO;
        story.refuseUnless(!every.isZero(), "every 0s", "a second at least");
        while (at.compareTo(end) < 0 && timed.size() < FLAPS_MAX) {
            boolean fails = timed.size() % 2 == 0;
            timed.add(new Timed(at, fails ? new Command.Fail(targets, List.of()) : new Command.Recover(targets)));
            at = at.plus(every);
        }
        timed.add(new Timed(end, new Command.Recover(targets)));
        story.act(timed);
    }

    private static void lists(Story story, JobRef job, List<String> instances) {
        List<String> names = Names.named(job, instances);
        story.names.lists(job, names);
        story.act(new Command.Lists(job, names));
    }

    /* The same processes under another name. */
    private static void becomes(Args args, Story story) {
        JobRef before = story.scraped(args, 0);
        JobRef after = new JobRef(before.cluster(), args.text(1));
        List<String> instances = story.names.listed(before);
        story.names.lists(before, List.of());
        story.names.lists(after, instances);
        story.act(List.of(
                new Timed(Duration.ZERO, new Command.Leaves(before)),
                new Timed(Duration.ZERO, new Command.Lists(after, instances))));
    }
}
