package dev.tocsin.config;

import dev.tocsin.health.HealthRules;
import dev.tocsin.join.Mapping;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.RuleBook;
import dev.tocsin.outage.Scope;
import dev.tocsin.source.SourceLimits;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration, checked. Immutable.
 *
 * @param nodeName who we are in epochs and events
 * @param jobRules overrides, in order: the first that matches a job holds
 * @param joins which services are which jobs, in order: the first that matches a service holds
 * @param data folder of the log, absolute
 * @param kafka where the streams go besides; null for nowhere
 */
public record TocsinConfig(
        List<SourceConfig> sources,
        String nodeName,
        OutageRules outages,
        List<JobRules> jobRules,
        List<Mapping> joins,
        HealthRules health,
        SourceLimits limits,
        Path data,
        @Nullable KafkaConfig kafka) {

    /** The rules of each job: those of the first match in {@link #jobRules}, else {@link #outages}. */
    public RuleBook rules() {
        return new RuleBook() {
            @Override
            public OutageRules of(Scope.Job job) {
                return jobRules.stream()
                        .filter(rule -> rule.matches(job))
                        .findFirst()
                        .map(JobRules::rules)
                        .orElse(outages);
            }

            @Override
            public List<Mapping> joins() {
                return joins;
            }

            @Override
            public OutageRules general() {
                return outages;
            }
        };
    }

    TocsinConfig withSources(List<SourceConfig> others) {
        return new TocsinConfig(others, nodeName, outages, jobRules, joins, health, limits, data, kafka);
    }

    TocsinConfig withData(Path other) {
        return new TocsinConfig(sources, nodeName, outages, jobRules, joins, health, limits, other, kafka);
    }

    /** The same with another Kafka; null for none. */
    public TocsinConfig withKafka(@Nullable KafkaConfig other) {
        return new TocsinConfig(sources, nodeName, outages, jobRules, joins, health, limits, data, other);
    }
}
