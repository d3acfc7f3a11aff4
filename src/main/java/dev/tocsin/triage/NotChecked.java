package dev.tocsin.triage;

import dev.tocsin.health.PollResult.Answered;
import dev.tocsin.source.Exchange;
import dev.tocsin.source.QueryResult;
import dev.tocsin.source.ServerLook;
import dev.tocsin.triage.Report.Unchecked;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a source could not be looked into, and why. Stateless; pure. */
final class NotChecked {
    private static final String HISTORY = "since when targets are down, targets without samples, jobs that shrank";

    private NotChecked() {}

    static List<Unchecked> of(View view, Answered answer) {
        ServerLook look = view.seen().look();
        List<Unchecked> unchecked = new ArrayList<>();
        if (answer.server().pools() == null) {
            add(unchecked, "empty and missing pools", "it does not list its pools (Prometheus 2.42 and later do)");
        } else if (!answered(look.configuredJobs())) {
            add(unchecked, "missing pools", "its configuration: " + ServerLook.whyNot(look.configuredJobs()));
        }
        if (!answered(look.metrics())) {
            add(
                    unchecked,
                    "targets that could not be made, discovery, notifications, memory, write-ahead log",
                    "its metrics: " + ServerLook.whyNot(look.metrics()));
        }
        if (answer.server().droppedTargets() == null && !answered(look.metrics())) {
            add(unchecked, "dropped targets", "it does not count them (Prometheus 2.47 and later do)");
        }
        queries(look, unchecked);
        return List.copyOf(unchecked);
    }

    private static void queries(ServerLook look, List<Unchecked> unchecked) {
        if (!answered(look.withoutSamples())) {
            add(unchecked, HISTORY + ", restarts, growth of series", noQueries(look.withoutSamples()));
            return;
        }
        if (!answered(look.instancesBefore())) {
            add(unchecked, "jobs that shrank", ServerLook.whyNot(look.instancesBefore()));
        }
        if (look.lastUp() != null && !answered(look.lastUp())) {
            add(unchecked, "since when targets are down", ServerLook.whyNot(look.lastUp()));
        }
        if (!answered(look.restarts())) {
            add(unchecked, "restarts, growth of series", ServerLook.whyNot(look.restarts()));
        } else if (empty(look.restarts())) {
            add(unchecked, "restarts, growth of series", "it does not scrape itself, so it has no memory of them");
        }
    }

    private static String noQueries(@Nullable Exchange<QueryResult> exchange) {
        return exchange instanceof Exchange.Refused<?> refused
                        && refused.bodyStart().contains("unavailable with Prometheus Agent")
                ? "an agent has no query API"
                : ServerLook.whyNot(exchange);
    }

    private static boolean empty(@Nullable Exchange<QueryResult> exchange) {
        QueryResult result = SourceTriage.bodyOf(exchange);
        return result != null && result.samples().isEmpty();
    }

    private static boolean answered(@Nullable Exchange<?> exchange) {
        return exchange instanceof Exchange.Answered<?>;
    }

    private static void add(List<Unchecked> unchecked, String what, String why) {
        unchecked.add(new Unchecked(what, why));
    }
}
