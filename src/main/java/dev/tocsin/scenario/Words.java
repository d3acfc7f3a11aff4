package dev.tocsin.scenario;

import java.util.Arrays;
import java.util.List;

/** The closed vocabularies of the records, as the contract of their users has them. */
final class Words {
    static final List<String> VERDICTS = List.of("instance", "partial", "job");
    static final List<String> HEALTHS = List.of("up", "down", "unknown", "gone");
    static final List<String> STATES =
            List.of("ready", "starting", "warming", "reloading", "stopping", "frozen", "blind", "suspect");
    static final List<String> LOCI = List.of("target", "path", "observer", "config", "unknown");
    static final List<String> YES_NO = List.of("yes", "no");
    static final List<String> FAMILIES =
            words("transport dns timeout auth tls http_status limit content config observer unknown");
    static final List<String> FINDINGS =
            words("scrape_near_timeout up_without_samples pool_empty pool_missing dropped_surge targets_vanished"
                    + " target_creation_failed reload_failed scrape_limit observer_exhausted clock_skew series_pressure"
                    + " router_error service_without_servers service_unchecked replicas_disagree health_data_starved"
                    + " certificate_expiring configuration_lost vantages_disagree flapping");
    static final List<String> REASONS = words(
            "instance_down partial_share_reached job_wide_share_reached share_fell_to_partial share_fell_to_instance"
                    + " members_changed cause_changed impact_changed vantage_blind vantage_back flapping_started flapping_stopped"
                    + " parent_changed members_up members_replaced members_absent ended_while_away job_absent"
                    + " source_removed job_ignored source_unreachable source_starting_long source_frozen"
                    + " source_restarting source_ready everything_behind_source_down cluster_dark node_dark site_ended");

    /** Of unknown and gone targets, and of sources. */
    static final List<String> WHYS =
            words("not_yet_scraped source_blind scrape_overdue unchecked left_discovery pool_removed source_removed"
                    + " configuration_lost not_asked refused unreachable timeout dns tls http_status auth redirect"
                    + " not_json api_error malformed limit wal_replay draining none");

    private Words() {}

    private static List<String> words(String text) {
        return Arrays.asList(text.split(" "));
    }
}
