package dev.tocsin.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fleet of a story and how it is watched. Immutable.
 *
 * @param sources clusters of the sources, by name
 * @param traefiks those of them that are Traefiks; the others are Prometheus servers
 * @param jobs instances of the jobs at the beginning
 * @param services what the Traefiks of a cluster lead to, by name
 * @param scrape of the jobs that {@code scrapes} does not name
 * @param poll how often the monitor asks
 */
public record Setting(
        Map<String, String> sources,
        Set<String> traefiks,
        Map<JobRef, List<String>> jobs,
        Map<JobRef, Service> services,
        Scrape scrape,
        Map<JobRef, Scrape> scrapes,
        Duration poll,
        List<Rule> rules) {

    /** Of Prometheus servers alone. */
    public Setting(
            Map<String, String> sources,
            Map<JobRef, List<String>> jobs,
            Scrape scrape,
            Map<JobRef, Scrape> scrapes,
            Duration poll,
            List<Rule> rules) {
        this(sources, Set.of(), jobs, Map.of(), scrape, scrapes, poll, rules);
    }

    public record Scrape(Duration every, Duration timeout) {}

    /** The health check of a service. */
    public record Check(Duration every, Duration timeout) {}

    /**
     * A service of Traefiks, in front of the instances of a job.
     *
     * @param port on which those serve; empty when they serve where they are scraped
     * @param check empty when nobody checks them
     */
    public record Service(JobRef job, Optional<Integer> port, Optional<Check> check) {
        /** The addresses of its servers: {@code HOST:PORT} of those instances. */
        public List<String> servers(List<String> instances) {
            return instances.stream()
                    .map(instance -> port.map(own -> instance.replaceFirst(":[0-9]+$", "") + ":" + own)
                            .orElse(instance))
                    .distinct()
                    .toList();
        }
    }

    /**
     * One line of the monitor's configuration.
     *
     * @param key as {@code confirm.min}, under {@code outages}
     * @param job for which it holds; empty for all
     */
    public record Rule(String key, String value, Optional<JobRef> job) {}
}
