package dev.tocsin.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The lines with which a file says what there is, before its story begins. */
final class SettingForms {
    private SettingForms() {}

    static final List<Form> ALL = List.of(
            new Form("source NAMES [cluster NAME]", (args, story) -> args.<String>list(0)
                    .forEach(name -> story.setting.sources.put(
                            name, args.maybe(1, String.class).orElse(name)))),
            new Form(
                    "job NAME [in CLUSTER] has NUMBER instances",
                    (args, story) -> declare(args, List.of("1.." + args.text(2)), story)),
            new Form("job NAME [in CLUSTER] has INSTANCES", (args, story) -> declare(args, args.list(2), story)),
            new Form(
                    "scrape every DURATION timeout DURATION",
                    (args, story) -> story.setting.scrape = new Setting.Scrape(args.span(0), args.span(1))),
            new Form(
                    "scrape JOB every DURATION timeout DURATION",
                    (args, story) -> story.setting.scrapes.put(
                            args.get(0, JobRef.class), new Setting.Scrape(args.span(1), args.span(2)))),
            new Form("poll every DURATION", (args, story) -> story.setting.poll = args.span(0)),
            new Form(
                    "rule quorum all|majority|any [for JOB]",
                    (args, story) -> rule(story, args, 1, "quorum", args.text(0))),
            new Form("rule confirm DURATIONS [for JOB]", (args, story) -> {
                List<Duration> spans = args.list(0);
                rule(story, args, 1, "confirm.min", Span.text(spans.get(0)));
                rule(story, args, 1, "confirm.max", Span.text(spans.get(1)));
            }),
            new Form(
                    "rule job_wide SHARE [for JOB]",
                    (args, story) -> rule(story, args, 1, "job_wide.share", args.text(0))),
            new Form("rule job_wide SHARE min NUMBER [for JOB]", (args, story) -> {
                rule(story, args, 2, "job_wide.share", args.text(0));
                rule(story, args, 2, "job_wide.min", args.text(1));
            }),
            new Form(
                    "rule partial SHARE [for JOB]",
                    (args, story) -> rule(story, args, 1, "partial.share", args.text(0))),
            new Form("rule partial SHARE min NUMBER [for JOB]", (args, story) -> {
                rule(story, args, 2, "partial.share", args.text(0));
                rule(story, args, 2, "partial.min", args.text(1));
            }),
            new Form(
                    "rule settle DURATION [for JOB]",
                    (args, story) -> rule(story, args, 1, "settle.cap", Span.text(args.span(0)))),
            new Form(
                    "rule absent_for DURATION [for JOB]",
                    (args, story) -> rule(story, args, 1, "absent_for", Span.text(args.span(0)))),
            new Form(
                    "rule stale_after DURATION",
                    (args, story) -> story.setting.rules.add(
                            new Setting.Rule("stale_after", Span.text(args.span(0)), Optional.empty()))),
            new Form(
                    "rule ignore for JOB",
                    (args, story) -> story.setting.rules.add(
                            new Setting.Rule("ignore", "true", Optional.of(args.get(0, JobRef.class))))));

    private static void rule(Story story, Args args, int job, String key, String value) {
        story.setting.rules.add(new Setting.Rule(key, value, args.maybe(job, JobRef.class)));
    }

    private static void declare(Args args, List<String> instances, Story story) {
        String cluster = args.maybe(1, String.class)
                .orElseGet(() -> story.names.clusters().stream().findFirst().orElse(""));
        JobRef job = new JobRef(cluster, args.text(0));
        story.setting.jobs.put(job, Names.named(job, instances));
        story.names.lists(job, story.setting.jobs.get(job));
    }
}
