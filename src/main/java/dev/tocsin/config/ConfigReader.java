package dev.tocsin.config;

import dev.tocsin.health.HealthRules;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.source.SourceLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes a whole file a record and finds what is wrong in its meaning; the schema has been asked before. Confined: one call. */
final class ConfigReader {
    private static final long BODY_MIN = 64 << 10;
    private static final long BODY_MAX = 64L << 30;
    private static final long LAST_ERROR_MIN = 64;
    private static final long LAST_ERROR_MAX = 1 << 20;

    private final Secrets secrets;
    private final String hostName;
    private final Path workingDirectory;

    ConfigReader(Secrets secrets, String hostName, Path workingDirectory) {
        this.secrets = secrets;
        this.hostName = hostName;
        this.workingDirectory = workingDirectory;
    }

    Secrets secrets() {
        return secrets;
    }

    /** The record, as far as it goes: whole when no mistake was added. */
    TocsinConfig read(Spot root) {
        SourceReader sourceReader = new SourceReader(secrets);
        List<SourceConfig> sources = new ArrayList<>();
        for (Spot spot : root.child("sources").items()) {
            sourceReader.read(spot).ifPresent(sources::add);
        }
        Spot outages = root.child("outages");
        OutageRules rules = OutageReader.rules(outages, OutageRules.DEFAULT);
        return new TocsinConfig(
                List.copyOf(sources),
                root.child("node").child("name").text().orElse(hostName),
                rules,
                OutageReader.jobs(outages.child("jobs"), rules),
                JoinReader.mappings(root.child("join")),
                new HealthRules(staleAfter(outages.child("stale_after"), sources), rules.absentFor()),
                limits(root.child("limits")),
                root.child("data").file().orElse(workingDirectory.resolve("data")),
                new KafkaReader(secrets).read(root.child("kafka")).orElse(null));
    }

    private static Duration staleAfter(Spot spot, List<SourceConfig> sources) {
        Duration otherwise = HealthRules.DEFAULT.staleAfter();
        Duration longest = sources.stream()
                .map(SourceConfig::interval)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Duration least = longest.multipliedBy(3);
        if (spot.duration().isPresent() && spot.duration().get().compareTo(least) < 0) {
            spot.mistake("got " + Paths.shown(spot.text().orElse("")) + ", want at least 3 intervals of a source, "
                    + Units.text(least));
            return otherwise;
        }
        return spot.durationWithin(Duration.ofMillis(300), Duration.ofDays(365), otherwise);
    }

    private static SourceLimits limits(Spot spot) {
        SourceLimits otherwise = SourceLimits.DEFAULT;
        return new SourceLimits(
                sizeWithin(spot.child("body"), BODY_MIN, BODY_MAX, "64KiB to 64GiB", otherwise.bodyBytesMax()),
                spot.child("targets_per_source").integer().orElse(otherwise.targetsMax()),
                (int) sizeWithin(
                        spot.child("last_error"),
                        LAST_ERROR_MIN,
                        LAST_ERROR_MAX,
                        "64B to 1MiB",
                        otherwise.lastErrorBytesMax()));
    }

    private static long sizeWithin(Spot spot, long min, long max, String want, long otherwise) {
        long size = spot.size().orElse(otherwise);
        if (size < min || size > max) {
            spot.mistake("got " + Paths.shown(spot.text().orElse("")) + ", want " + want);
            return otherwise;
        }
        return size;
    }
}
