package dev.tocsin.scenario;

import dev.tocsin.scenario.Told.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The lines that say what must be told, or how things must stand. */
final class ExpectForms {
    private ExpectForms() {}

    static final List<Form> ALL = List.of(
            new Form(
                    "expect [then] outage SCOPE [opened|changed|resolved|closed] FACTS [within DURATION]",
                    (args, story) -> record(story, args, Stream.OUTAGE, args.get(1, Subject.class), 2)),
            new Form(
                    "expect outage SCOPE stands FACTS [within DURATION]",
                    (args, story) ->
                            standing(story, Stream.OUTAGE, List.of(args.get(0, Subject.class)), "open", args, 1)),
            new Form(
                    "expect [then] finding FINDING about job|pool|source|service|provider NAME [opened|cleared] FACTS [within DURATION]",
                    (args, story) -> record(
                            story,
                            args,
                            Stream.FINDING,
                            new Subject.OfFinding(args.text(1), args.text(2), args.text(3)),
                            4)),
            new Form("expect TARGETS HEALTH [on SOURCE] FACTS [within DURATION]", ExpectForms::health),
            new Form(
                    "expect source SOURCES STATE FACTS [within DURATION]",
                    (args, story) -> standing(
                            story,
                            Stream.SOURCE,
                            args.<String>list(0).stream()
                                    .<Subject>map(Subject.OfSource::new)
                                    .toList(),
                            args.text(1),
                            args,
                            2)),
            new Form(
                    "expect all over [within DURATION]",
                    (args, story) -> story.expect(new Expectation.AllOver(within(args, 0)))),
            new Form(
                    "expect nothing for DURATION",
                    (args, story) -> story.expect(
                            new Expectation.Silence(List.of(Stream.OUTAGE, Stream.FINDING), args.span(0)))),
            new Form(
                    "expect no outage|finding|health for DURATION",
                    (args, story) ->
                            story.expect(new Expectation.Silence(List.of(stream(args.text(0))), args.span(1)))),
            new Form(
                    "expect COUNT outages|outage [of SCOPE]",
                    (args, story) -> story.expect(
                            new Expectation.Outages(args.get(0, Range.class), args.maybe(2, Subject.class)))),
            new Form(
                    "expect COUNT outage|finding|health records|record [since DURATION]",
                    (args, story) -> story.expect(new Expectation.Records(
                            args.get(0, Range.class),
                            stream(args.text(1)),
                            args.maybe(3, Duration.class).orElse(Duration.ZERO)))));

    private static Stream stream(String word) {
        return Stream.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Duration within(Args args, int at) {
        return args.maybe(at, Duration.class).orElse(Duration.ZERO);
    }

    @SuppressWarnings("unchecked")
    private static Map<Fact, String> facts(Args args, int at) {
        return (Map<Fact, String>) args.values().get(at);
    }

    private static void record(Story story, Args args, Stream stream, Subject subject, int state) {
        Optional<String> told = args.maybe(state, String.class);
        story.expect(new Expectation.Record(
                stream,
                subject,
                told.isEmpty() && stream == Stream.FINDING ? Optional.of("opened") : told,
                facts(args, state + 1),
                args.maybe(0, String.class).isPresent(),
                within(args, state + 2)));
    }

    private static void standing(
            Story story, Stream stream, List<Subject> subjects, String state, Args args, int facts) {
        story.expect(new Expectation.Standing(stream, subjects, state, facts(args, facts), within(args, facts + 1)));
    }

    /* Without a source: as all that look at it see it. */
    private static void health(Args args, Story story) {
        List<Subject> subjects = new ArrayList<>();
        for (TargetRef target : args.<TargetRef>list(0)) {
            story.names.sources().stream()
                    .filter(source -> story.names.looksAt(source, target)
                            && args.maybe(2, String.class).map(source::equals).orElse(true))
                    .forEach(source -> subjects.add(new Subject.OfTarget(source, target)));
        }
        story.refuseUnless(!subjects.isEmpty(), args.maybe(2, String.class).orElse(""), "a source that looks at it");
        standing(story, Stream.HEALTH, subjects, args.text(1), args, 3);
    }
}
