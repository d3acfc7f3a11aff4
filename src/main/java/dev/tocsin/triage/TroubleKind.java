package dev.tocsin.triage;

import dev.tocsin.health.Named;

/** What a look warns of, and what to do about it. */
public enum TroubleKind implements Named {
    NEARLY_ALL_DOWN(
            "Look at the network of this server first: what it scrapes is rarely all down at once.",
            "on the Prometheus host: ip route; ping the hosts of some targets"),
    SCRAPE_NEAR_TIMEOUT(
            "Make the page cheaper or raise scrape_timeout, before these scrapes fail.",
            "PromQL: topk(10, max_over_time(scrape_duration_seconds{job=\"JOB\"}[1h]))"),
    UP_WITHOUT_SAMPLES(
            "Look at the page by hand: it answers, but exports nothing. A wrong path, or an exporter not set up?",
            "PromQL: scrape_samples_scraped{job=\"JOB\"} == 0"),
    POOL_EMPTY(
            "Discovery gives this pool no target: check its service discovery and relabelling.",
            "PromQL: prometheus_sd_discovered_targets{config=\"POOL\"}"),
    POOL_MISSING(
            "Check the service discovery of this job (files, access), and the CA, key and token files that it names.",
            "PromQL: prometheus_target_scrape_pools_failed_total\non the Prometheus host: grep -E 'scrape pool|discovery' in the server's log"),
    JOB_SHRUNKEN(
            "Its targets left discovery: check its deployment and service discovery before you trust its silence.",
            "PromQL: count by (instance) (up{job=\"JOB\"} offset 1h) unless count by (instance) (up{job=\"JOB\"})"),
    TARGET_CREATION_FAILED(
            "Correct relabelling or discovery: what they give is no target (address, interval, labels), so it is not"
                    + " scraped and not listed.",
            "on the Prometheus host: grep 'Creating target failed' in the server's log"),
    TARGET_LIMIT(
            "Raise target_limit of this pool or narrow its discovery: nothing of it is scraped until then.",
            "PromQL: prometheus_target_scrape_pool_targets{scrape_job=\"POOL\"}"),
    CANNOT_SCRAPE(
            "Mend the server: these scrapes fail for its own sake, and say nothing of their targets.",
            "PromQL: process_open_fds / process_max_fds\non the Prometheus host: df -h, free -m, ss -s"),
    RELOAD_FAILED(
            "It still runs its old configuration: correct the file and reload.",
            "on the Prometheus host: promtool check config /etc/prometheus/prometheus.yml"),
    WAL_CORRUPTED(
            "Look at the disk: the write-ahead log was damaged, samples are lost.",
            "on the Prometheus host: dmesg | grep -i error; df -h; grep -i corrupt in the server's log"),
    MEMORY_PRESSURE(
            "Give it more memory or fewer series, before it is killed.",
            "PromQL: topk(10, count by (__name__) ({__name__!=\"\"}))"),
    DESCRIPTORS_SHORT(
            "Raise its limit of open files, before its scrapes fail.",
            "on the Prometheus host: grep 'open files' /proc/$(pidof prometheus)/limits"),
    SERIES_PRESSURE(
            "Find what made the series multiply (a new label, a rollout), before memory ends.",
            "PromQL: topk(10, scrape_series_added)"),
    RESTART_LOOP(
            "Find out who ends it: the kernel for want of memory, a liveness probe, a crash?",
            "on the Prometheus host: journalctl -u prometheus -n 50; dmesg | grep -i oom"),
    DISCOVERY_FAILING(
            "Check access to the service discovery: targets may be missing or of the past.",
            "PromQL: prometheus_sd_failed_configs > 0\non the Prometheus host: grep discovery in the server's log"),
    NOTIFICATIONS_FAILING(
            "Check the Alertmanagers: alerts of this server do not reach them.",
            "PromQL: rate(prometheus_notifications_errors_total[5m])\nPromQL: prometheus_notifications_queue_length"),
    CLOCK_SKEW("Its clock and ours differ: check NTP on both.", "on both hosts: timedatectl; chronyc tracking"),
    CONFIGURATION_LOST(
            "Clients get 404: look at its provider (an empty or rejected file, no access) and at the ERR lines of its log.",
            "on the Traefik host: grep ERR in Traefik's log"),
    ROUTER_ERROR(
            "Correct the configuration of what is named: it does not serve, clients get 404.",
            "on the Traefik host: grep ERR in Traefik's log"),
    SERVICE_WITHOUT_SERVERS(
            "Its provider gives it no server, clients get 503: check its deployment, containers or endpoints.",
            "on the Traefik host: grep -E 'ERR|WRN' in Traefik's log"),
    CERTIFICATE_EXPIRING(
            "Renew it, or find out why it was not renewed: clients refuse it from then on.",
            "on the Traefik host: grep -i acme in Traefik's log\non any host: openssl s_client -connect HOST:443 -servername NAME");

    private final String remedy;
    private final String steps;

    TroubleKind(String remedy, String steps) {
        this.remedy = remedy;
        this.steps = steps;
    }

    public String remedy() {
        return remedy;
    }

    /** What to run, one step a line; {@code JOB} and {@code POOL} stand for what it is about. */
    String steps() {
        return steps;
    }
}
