package dev.tocsin.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fleet of a story and how it is watched. Immutable.
 *
 * @param sources clusters of the sources, by name
 * @param jobs instances of the jobs at the beginning
 * @param scrape of the jobs that {@code scrapes} does not name
 * @param poll how often the monitor asks
 */
public record Setting(
        Map<String, String> sources,
        Map<JobRef, List<String>> jobs,
        Scrape scrape,
        Map<JobRef, Scrape> scrapes,
        Duration poll,
        List<Rule> rules) {

    public record Scrape(Duration every, Duration timeout) {}

    /**
     * One line of the monitor's configuration.
     *
     * @param key as {@code confirm.min}, under {@code outages}
     * @param job for which it holds; empty for all
     */
    public record Rule(String key, String value, Optional<JobRef> job) {}
}
