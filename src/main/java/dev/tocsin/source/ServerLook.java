package dev.tocsin.source;

import dev.tocsin.health.PollResult;
import dev.tocsin.health.SourceState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one look at a server brought. Immutable. A question that was not asked, for want of time or because its
 * answer could not be used, is null.
 *
 * @param targets as a poll would have it
 * @param version {@link PrometheusPaths#BUILD_INFO}
 * @param configuredJobs {@link PrometheusPaths#CONFIG}
 * @param metrics {@link PrometheusPaths#METRICS}
 * @param withoutSamples {@link PrometheusQueries#UP_WITHOUT_SAMPLES}
 * @param instancesBefore {@link PrometheusQueries#INSTANCES_AN_HOUR_AGO}
 * @param lastUp {@link PrometheusQueries#lastUp} of the jobs that have targets down
 * @param lastUpStep how exact that is; zero when it was not asked
 * @param restarts {@link PrometheusQueries#restarts}
 * @param seriesGrowth {@link PrometheusQueries#seriesGrowth}
 */
public record ServerLook(
        PollResult targets,
        @Nullable Exchange<String> version,
        @Nullable Exchange<List<String>> configuredJobs,
        @Nullable Exchange<SelfMetrics> metrics,
        @Nullable Exchange<QueryResult> withoutSamples,
        @Nullable Exchange<QueryResult> instancesBefore,
        @Nullable Exchange<QueryResult> lastUp,
        Duration lastUpStep,
        @Nullable Exchange<QueryResult> restarts,
        @Nullable Exchange<QueryResult> seriesGrowth) {

    /** A look that brought nothing but the way in which the source did not answer. */
    public static ServerLook none(PollResult.Dark dark) {
        return new ServerLook(dark, null, null, null, null, null, null, Duration.ZERO, null, null);
    }

    /** A look at a Traefik: of its metrics, why they could not be read. */
    public static ServerLook of(PollResult result, @Nullable TraefikRound round) {
        Exchange<String> version = round != null && round.version() instanceof Exchange.Answered<TraefikVersion> told
                ? new Exchange.Answered<>(told.body().version(), told.date())
                : null;
        Exchange<SelfMetrics> metrics = round != null && TraefikRound.body(round.before()) == null
                ? new Exchange.Failed<>(SourceState.Why.NOT_ASKED, round.noMetrics())
                : null;
        return new ServerLook(result, version, null, metrics, null, null, null, Duration.ZERO, null, null);
    }

    /** Why a question has no answer that can be used, for people. */
    public static String whyNot(@Nullable Exchange<?> exchange) {
        if (exchange instanceof Exchange.Failed<?> failed) {
            return failed.detail();
        }
        return exchange instanceof Exchange.Refused<?> refused
                ? StatusText.of(refused).detail()
                : "there was no time left to ask";
    }
}
