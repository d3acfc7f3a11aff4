package dev.tocsin.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The lines with which a file says what there is, before its story begins. */
final class SettingForms {
    private SettingForms() {}

    static final List<Form> ALL = List.of(
            new Form("source NAMES [cluster NAME]", SettingForms::sources),
            new Form("traefik NAMES [cluster NAME]", (args, story) -> {
                sources(args, story);
                story.setting.traefiks.addAll(args.list(0));
            }),
            new Form(
                    "job NAME [in CLUSTER] has NUMBER instances",
                    (args, story) -> declare(args, List.of("1.." + args.text(2)), story)),
            new Form("job NAME [in CLUSTER] has INSTANCES", (args, story) -> declare(args, args.list(2), story)),
            new Form(
                    "service NAME of JOB [port NUMBER] check every DURATION timeout DURATION",
                    (args, story) -> serve(args, Optional.of(check(args, story)), story)),
            new Form(
                    "service NAME of JOB [port NUMBER] unchecked",
                    (args, story) -> serve(args, Optional.empty(), story)),
            new Form(
                    "scrape every DURATION timeout DURATION",
                    (args, story) -> story.setting.scrape = scrape(args, 0, story)),
            new Form(
                    "scrape JOB every DURATION timeout DURATION",
                    (args, story) -> story.setting.scrapes.put(story.scraped(args, 0), scrape(args, 1, story))),
            new Form("poll every DURATION", (args, story) -> {
                story.refuseUnless(!args.span(0).isZero(), "0s", "a second at least");
                story.setting.poll = args.span(0);
            }),
            new Form(
                    "rule quorum all|majority|any [for JOB]",
                    (args, story) -> rule(story, args, 1, "quorum", args.text(0))),
            new Form("rule confirm DURATIONS [for JOB]", (args, story) -> {
                List<Duration> spans = args.list(0);
                story.refuseUnless(
                        spans.get(0).compareTo(spans.get(1)) <= 0,
                        Span.text(spans.get(0)) + ".." + Span.text(spans.get(1)),
                        "the shorter wait first");
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

    private static void sources(Args args, Story story) {
        for (String name : args.<String>list(0)) {
            story.refuseUnless(!story.names.sources().contains(name), name, "another name: there is such a source");
            story.setting.sources.put(name, args.maybe(1, String.class).orElse(name));
        }
    }

    private static Setting.Scrape scrape(Args args, int at, Story story) {
        return new Setting.Scrape(args.span(at), timeout(args, at, story));
    }

    private static Setting.Check check(Args args, Story story) {
        return new Setting.Check(args.span(3), timeout(args, 3, story));
    }

    private static Duration timeout(Args args, int every, Story story) {
        Duration timeout = args.span(every + 1);
        story.refuseUnless(
                !timeout.isZero() && timeout.compareTo(args.span(every)) <= 0,
                "every " + Span.text(args.span(every)) + " timeout " + Span.text(timeout),
                "a timeout that is no longer than the interval");
        return timeout;
    }

    private static void serve(Args args, Optional<Setting.Check> check, Story story) {
        JobRef job = story.scraped(args, 1);
        JobRef name = new JobRef(job.cluster(), args.text(0));
        story.refuseUnless(name.service(), name.name(), "a service's name and its provider, such as checkout@file");
        story.refuseUnless(
                !story.setting.services.containsKey(name), name.name(), "another name: there is such a service");
        story.refuseUnless(
                story.names.traefiks().stream()
                        .anyMatch(source -> job.cluster().equals(story.setting.sources.get(source))),
                name.name(),
                "a traefik in " + job.cluster() + " before it");
        Optional<Integer> port = args.maybe(2, String.class).map(Integer::valueOf);
        story.setting.services.put(name, new Setting.Service(job, port, check));
        story.names.serve(job);
    }

    private static void declare(Args args, List<String> instances, Story story) {
        String cluster = args.maybe(1, String.class)
                .orElseGet(() -> story.names.clusters().stream().findFirst().orElse(""));
        JobRef job = new JobRef(cluster, args.text(0));
        story.refuseUnless(!cluster.isEmpty(), job.name(), "a source before it");
        story.refuseUnless(!job.service(), job.name(), "a name without @, which those of services have");
        story.refuseUnless(!story.setting.jobs.containsKey(job), job.name(), "another name: there is such a job");
        story.setting.jobs.put(job, Names.named(job, instances));
        story.names.lists(job, story.setting.jobs.get(job));
    }
}
