package dev.tocsin.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fleet of a story and how it is watched. Written by the reader of its file, then only read. */
public final class Setting {
    /** Clusters of the sources, by name. */
    public final Map<String, String> sources = new LinkedHashMap<>();

    /** Instances of the jobs at the beginning. */
    public final Map<JobRef, List<String>> jobs = new LinkedHashMap<>();

    /** How the jobs are scraped that {@link #scrapes} does not name. */
    public Scrape scrape = new Scrape(Duration.ofSeconds(15), Duration.ofSeconds(10));

    public final Map<JobRef, Scrape> scrapes = new LinkedHashMap<>();
    public Duration poll = Duration.ofSeconds(5);
    public final List<Rule> rules = new ArrayList<>();

    public record Scrape(Duration every, Duration timeout) {}

    /**
     * One line of the monitor's configuration.
     *
     * @param key as {@code confirm.min}, under {@code outages}
     * @param job for which it holds; empty for all
     */
    public record Rule(String key, String value, Optional<JobRef> job) {}
}
