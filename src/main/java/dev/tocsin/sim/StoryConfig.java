package dev.tocsin.sim;

import com.google.re2j.Pattern;
import dev.tocsin.config.Credentials;
import dev.tocsin.config.JobRules;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.config.TlsConfig;
import dev.tocsin.config.TocsinConfig;
import dev.tocsin.config.TraefikConfig;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.Quorum;
import dev.tocsin.scenario.JobRef;
import dev.tocsin.scenario.Setting;
import dev.tocsin.source.SourceLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The configuration of a monitor that watches the fleet of a story. Stateless; pure. */
public final class StoryConfig {
    private static final String NODE = "demo";

    private StoryConfig() {}

    /**
     * The configuration, as if its user had written it.
     *
     * @param urls of the sources of the story, by name
     * @param data folder of the log, absolute
     */
    public static TocsinConfig of(Setting setting, Map<String, URI> urls, Path data) {
        Map<String, String> general = values(setting, Optional.empty());
        List<JobRules> ofJobs = new ArrayList<>();
        setting.rules().stream().flatMap(rule -> rule.job().stream()).distinct().forEach(job -> {
            Map<String, String> own = new HashMap<>(general);
            own.putAll(values(setting, Optional.of(job)));
            ofJobs.add(new JobRules(exactly(job.name()), exactly(job.cluster()), rules(own)));
        });
        return new TocsinConfig(
                sources(setting, urls),
                NODE,
                rules(general),
                ofJobs,
                List.of(),
                health(general),
                SourceLimits.DEFAULT,
                data,
                null);
    }

    private static List<SourceConfig> sources(Setting setting, Map<String, URI> urls) {
        /* As the defaults: five seconds, and four for the answer. */
        Duration timeout = setting.poll().multipliedBy(4).dividedBy(5);
        List<SourceConfig> sources = new ArrayList<>();
        urls.forEach((name, url) -> sources.add(new SourceConfig(
                source(setting, name),
                url,
                setting.poll(),
                timeout,
                new Credentials.None(),
                TlsConfig.DEFAULT,
                Map.of(),
                null,
                Map.of(),
                null,
                TraefikConfig.NONE)));
        return sources;
    }

    /** A source of a story, as the monitor knows it. */
    public static Source source(Setting setting, String name) {
        SourceKind kind = setting.traefiks().contains(name) ? SourceKind.TRAEFIK : SourceKind.PROMETHEUS;
        return new Source(name, setting.sources().getOrDefault(name, name), kind);
    }

    private static Pattern exactly(String name) {
        return Pattern.compile(Pattern.quote(name));
    }

    private static Map<String, String> values(Setting setting, Optional<JobRef> job) {
        return setting.rules().stream()
                .filter(rule -> rule.job().equals(job))
                .collect(Collectors.toMap(Setting.Rule::key, Setting.Rule::value, (first, second) -> second));
    }

    private static HealthRules health(Map<String, String> values) {
        return new HealthRules(
                span(values, "stale_after", HealthRules.DEFAULT.staleAfter()),
                span(values, "absent_for", HealthRules.DEFAULT.absentFor()));
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
