package dev.tocsin.scenario;

import dev.tocsin.scenario.Setting.Scrape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A setting while it is read. Confined: the reader of its file. */
final class SettingDraft {
    final Map<String, String> sources = new LinkedHashMap<>();
    final Set<String> traefiks = new LinkedHashSet<>();
    final Map<JobRef, List<String>> jobs = new LinkedHashMap<>();
    final Map<JobRef, Setting.Service> services = new LinkedHashMap<>();
    Scrape scrape = new Scrape(Duration.ofSeconds(15), Duration.ofSeconds(10));
    final Map<JobRef, Scrape> scrapes = new LinkedHashMap<>();
    Duration poll = Duration.ofSeconds(5);
    final List<Setting.Rule> rules = new ArrayList<>();

    /** As it is by now, in the order in which it was written. */
    Setting finished() {
        return new Setting(
                Collections.unmodifiableMap(sources),
                Set.copyOf(traefiks),
                Collections.unmodifiableMap(jobs),
                Collections.unmodifiableMap(services),
                scrape,
                Map.copyOf(scrapes),
                poll,
                List.copyOf(rules));
    }
}
