package dev.tocsin.health;

import java.time.Duration;

/**
 * What an operator may set of how targets are judged. Immutable.
 *
 * @param staleAfter how long a source may be blind before its targets are unknown; at least 3 scrape intervals whatever
 *     this says
 * @param absentFor how long a finding about vanished targets stands
 */
public record HealthRules(Duration staleAfter, Duration absentFor) {
    public static final HealthRules DEFAULT = new HealthRules(Duration.ofSeconds(60), Duration.ofMinutes(15));
}
