package dev.tocsin.config;

import dev.tocsin.health.HealthRules;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.source.SourceLimits;
import java.nio.file.Path;
import java.util.List;

/**
 * A whole configuration, checked. Immutable.
 *
 * @param nodeName who we are in epochs and events
 * @param jobRules overrides, in order: the first that matches a job holds
 * @param data folder of the log, absolute
 */
public record TocsinConfig(
        List<SourceConfig> sources,
        String nodeName,
        OutageRules outages,
        List<JobRules> jobRules,
        HealthRules health,
        SourceLimits limits,
        Path data) {}
