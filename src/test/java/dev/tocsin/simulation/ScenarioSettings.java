package dev.tocsin.simulation;

import dev.tocsin.health.HealthRules;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.Quorum;
import dev.tocsin.outage.Scope;
import dev.tocsin.scenario.JobRef;
import dev.tocsin.scenario.Setting;
import dev.tocsin.source.ScrapeErrors;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings of a scenario, as a world takes them. */
final class ScenarioSettings {
    private static final ScrapeErrors CAUSES = ScrapeErrors.load();

    private ScenarioSettings() {}

    static Settings of(Setting setting) {
        Map<String, String> general = values(setting, Optional.empty());
        Map<Scope.Job, OutageRules> ofJobs = new HashMap<>();
        OutageRules forAll = rules(general);
        HealthRules health = new HealthRules(
                span(general, "stale_after", HealthRules.DEFAULT.staleAfter()),
                span(general, "absent_for", HealthRules.DEFAULT.absentFor()));
        setting.jobs().keySet().forEach(job -> {
            Map<String, String> own = new HashMap<>(general);
            own.putAll(values(setting, Optional.of(job)));
            ofJobs.put(new Scope.Job(job.cluster(), dev.tocsin.health.SourceKind.PROMETHEUS, job.name()), rules(own));
        });
        return new Settings(
                Math.toIntExact(setting.poll().toSeconds()),
                scrape(setting.scrape()),
                setting.scrapes().entrySet().stream()
                        .collect(Collectors.toMap(each -> each.getKey().name(), each -> scrape(each.getValue()))),
                new Book(ofJobs, forAll),
                health,
                CAUSES,
                Settings.DEFAULT.segmentBytes(),
                Settings.DEFAULT.mergeAbove());
    }

    private record Book(Map<Scope.Job, OutageRules> ofJobs, OutageRules general) implements dev.tocsin.outage.RuleBook {
        @Override
        public OutageRules of(Scope.Job job) {
            return ofJobs.getOrDefault(job, general);
        }
    }

    private static Settings.Scrape scrape(Setting.Scrape scrape) {
        return new Settings.Scrape(
                Math.toIntExact(scrape.every().toSeconds()),
                Math.toIntExact(scrape.timeout().toSeconds()));
    }

    private static Map<String, String> values(Setting setting, Optional<JobRef> job) {
        return setting.rules().stream()
                .filter(rule -> rule.job().equals(job))
                .collect(Collectors.toMap(Setting.Rule::key, Setting.Rule::value, (first, second) -> second));
    }

    private static OutageRules rules(Map<String, String> values) {
        OutageRules by = OutageRules.DEFAULT;
        return new OutageRules(
                Quorum.valueOf(values.getOrDefault("quorum", by.quorum().text()).toUpperCase(Locale.ROOT)),
                Double.parseDouble(values.getOrDefault("job_wide.share", "" + by.jobWideShare())),
                Integer.parseInt(values.getOrDefault("job_wide.min", "" + by.jobWideMin())),
                Double.parseDouble(values.getOrDefault("partial.share", "" + by.partialShare())),
                Integer.parseInt(values.getOrDefault("partial.min", "" + by.partialMin())),
                span(values, "confirm.min", by.confirmMin()),
                span(values, "confirm.max", by.confirmMax()),
                span(values, "settle.cap", by.settleCap()),
                span(values, "absent_for", by.absentFor()),
                values.containsKey("ignore"));
    }

    private static Duration span(Map<String, String> values, String key, Duration otherwise) {
        String text = values.get(key);
        return text == null ? otherwise : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
