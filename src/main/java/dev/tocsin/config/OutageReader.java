package dev.tocsin.config;

import com.google.re2j.Pattern;
import dev.tocsin.health.Named;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.Quorum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes {@code outages} and its {@code jobs} rules, each filled up from the rules around it. */
final class OutageReader {
    private static final Duration LONGEST = Duration.ofDays(365);

    private OutageReader() {}

    /** The rules that a mapping says, with {@code otherwise} for what it does not say. */
    static OutageRules rules(Spot spot, OutageRules otherwise) {
        Quorum quorum = spot.child("quorum")
                .text()
                .flatMap(text -> Named.of(Quorum.class, text))
                .orElse(otherwise.quorum());
        Spot jobShareSpot = spot.child("job_wide").child("share");
        Spot partialShareSpot = spot.child("partial").child("share");
        double jobShare = share(jobShareSpot, otherwise.jobWideShare());
        double partialShare = share(partialShareSpot, otherwise.partialShare());
        if (partialShare > jobShare) {
            Spot at = partialShareSpot.present() ? partialShareSpot : jobShareSpot;
            at.mistake("got partial.share " + partialShare + " above job_wide.share " + jobShare
                    + ", want partial.share <= job_wide.share");
            jobShare = 1;
            partialShare = 1;
        }
        Spot minSpot = spot.child("confirm").child("min");
        Spot maxSpot = spot.child("confirm").child("max");
        Duration min = minSpot.durationWithin(Duration.ZERO, LONGEST, otherwise.confirmMin());
        Duration max = maxSpot.durationWithin(Duration.ZERO, LONGEST, otherwise.confirmMax());
        if (min.compareTo(max) > 0) {
            (minSpot.present() ? minSpot : maxSpot)
                    .mistake("got confirm.min " + Units.text(min) + " above confirm.max " + Units.text(max)
                            + ", want confirm.min <= confirm.max");
            min = max;
        }
        return new OutageRules(
                quorum,
                jobShare,
                spot.child("job_wide").child("min").integer().orElse(otherwise.jobWideMin()),
                partialShare,
                spot.child("partial").child("min").integer().orElse(otherwise.partialMin()),
                min,
                max,
                spot.child("settle").child("cap").durationWithin(Duration.ZERO, LONGEST, otherwise.settleCap()),
                spot.child("absent_for").durationWithin(Duration.ofSeconds(1), LONGEST, otherwise.absentFor()),
                spot.child("ignore").bool().orElse(otherwise.ignore()));
    }

    /** The overrides, in order. */
    static List<JobRules> jobs(Spot jobs, OutageRules otherwise) {
        List<JobRules> rules = new ArrayList<>();
        for (Spot spot : jobs.items()) {
            Optional<Pattern> job = spot.child("match").child("job").pattern();
            Optional<Pattern> cluster = spot.child("match").child("cluster").pattern();
            rules.add(new JobRules(job.orElse(null), cluster.orElse(null), rules(spot, otherwise)));
        }
        return List.copyOf(rules);
    }

    private static double share(Spot spot, double otherwise) {
        return spot.number().filter(n -> n > 0 && n <= 1).orElse(otherwise);
    }
}
