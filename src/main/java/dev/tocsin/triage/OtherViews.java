package dev.tocsin.triage;

import dev.tocsin.health.Health;
import dev.tocsin.health.Health.UnknownWhy;
import dev.tocsin.health.Observation;
import dev.tocsin.health.PollResult.Answered;
import dev.tocsin.health.Routing;
import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.BothViews;
import dev.tocsin.outage.Glance;
import dev.tocsin.outage.JobCounts;
import dev.tocsin.outage.RuleBook;
import dev.tocsin.outage.Scope;
import dev.tocsin.outage.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the other kind of source says of a job that is out. Confined: the report's maker.
 *
 * <p>A cluster that is seen by one kind costs nothing; of any other nothing is joined before something in it is down.
 */
final class OtherViews {
    private final List<View> views;
    private final RuleBook rules;
    private final Histories histories;
    private final Map<String, Set<SourceKind>> kinds = new HashMap<>();
    private final Map<String, Glance> glances = new HashMap<>();

    private record Told(View view, Answered answer) {}

    OtherViews(List<View> views, RuleBook rules, Histories histories) {
        this.views = views.stream().filter(View::ready).toList();
        this.rules = rules;
        this.histories = histories;
        for (View view : this.views) {
            kinds.computeIfAbsent(view.seen().source().cluster(), of -> EnumSet.noneOf(SourceKind.class))
                    .add(view.seen().source().kind());
        }
    }

    BothViews of(Scope.Job job, Verdict verdict, JobCounts counts) {
        return kinds.getOrDefault(job.cluster(), Set.of()).size() < 2
                ? BothViews.NONE
                : glances.computeIfAbsent(job.cluster(), this::glance).of(job, verdict, counts);
    }

    private Glance glance(String cluster) {
        Glance glance = new Glance(cluster, rules);
        List<Told> told = new ArrayList<>();
        for (View view : views) {
            Answered answer = view.answer();
            if (answer != null && view.seen().source().cluster().equals(cluster)) {
                told.add(new Told(view, answer));
            }
        }
        long first = told.stream()
                .mapToLong(one -> one.answer.at().monoMillis())
                .min()
                .orElse(0);
        for (Told one : told) {
            glance.see(one.view.name(), beforeTheLook(one.answer));
            /* Who answered first has not looked since: what failed by then counts. */
            long after = one.answer.sourceTimeAt().monoMillis() - first;
            one.view.readings().forEach(reading -> see(glance, one.view, reading, after));
        }
        return glance;
    }

    private static @Nullable Routing beforeTheLook(Answered answer) {
        Routing routing = answer.server().routing();
        return routing == null
                ? null
                : new Routing(
                        routing.routers(),
                        routing.services(),
                        routing.sinceMono() - answer.at().monoMillis());
    }

    private void see(Glance glance, View view, Reading reading, long afterMillis) {
        Observation seen = reading.seen();
        Health health = health(reading);
        long failing = health instanceof Health.Down ? histories.failingMillis(view, seen) : 0;
        glance.see(
                seen.target(),
                health,
                seen.scrapeIntervalMillis(),
                seen.scrapeTimeoutMillis(),
                Math.max(0, failing - Math.max(0, afterMillis)));
    }

    private static Health health(Reading reading) {
        return switch (reading.vote()) {
            case UP -> Health.UP;
            case DOWN -> new Health.Down(reading.why().cause());
            case UNSEEN -> new Health.Unknown(UnknownWhy.SOURCE_BLIND);
            case OVERDUE -> new Health.Unknown(UnknownWhy.SCRAPE_OVERDUE);
            case UNSCRAPED, UNPROVEN -> new Health.Unknown(UnknownWhy.NOT_YET_SCRAPED);
            case UNCHECKED -> new Health.Unknown(UnknownWhy.UNCHECKED);
        };
    }
}
