package dev.tocsin.source;

import dev.tocsin.health.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the questions of one round to one Traefik ended, in the order in which they are asked. Immutable. A question that was
 * not asked is null.
 *
 * @param poll number of the round
 * @param at when the last byte was in, or when we gave up
 * @param before {@link TraefikPaths#METRICS}: its gauges are no newer than the statuses
 * @param http {@link TraefikPaths#HTTP_SERVICES}
 * @param tcp {@link TraefikPaths#TCP_SERVICES}
 * @param broken {@link TraefikPaths#BROKEN_ROUTERS}
 * @param otherRouters {@link TraefikPaths#OVERVIEW}; asked when no HTTP or TCP service has a router
 * @param version {@link TraefikPaths#VERSION}, after the lists: a restart in between then shows as a new start with an old
 *     list, which is harmless
 * @param after the metrics again, as far as they tell of reloads: one in between makes the round worthless
 * @param aside as last told, in this round or before
 */
public record TraefikRound(
        long poll,
        Moment at,
        Exchange<TraefikMetrics> before,
        Exchange<List<TraefikService>> http,
        @Nullable Exchange<List<TraefikService>> tcp,
        @Nullable Exchange<List<Broken>> broken,
        @Nullable Exchange<Boolean> otherRouters,
        @Nullable Exchange<TraefikVersion> version,
        @Nullable Exchange<TraefikMetrics> after,
        TraefikAside aside) {

    /** Whether a reload fell between its answers. */
    public boolean torn() {
        TraefikMetrics first = body(before);
        TraefikMetrics last = body(after);
        return first != null && last != null && first.reloads() != last.reloads();
    }

    /** Those from before the lists, when they are known to hold for them; else null. */
    @Nullable
    TraefikMetrics metrics() {
        return body(after) == null ? null : body(before);
    }

    /** The same round with that beside it. */
    public TraefikRound with(TraefikAside told) {
        return new TraefikRound(poll, at, before, http, tcp, broken, otherRouters, version, after, told);
    }

    /** What tells its configurations apart: another reload or process, another text; "" where nothing tells. */
    public String epoch() {
        TraefikVersion told = body(version);
        TraefikMetrics counted = body(before);
        return counted == null ? "" : counted.reloads() + " since " + (told == null ? null : told.startTime());
    }

    /** Whether neither list names a service that a router of somebody leads to. */
    public static boolean noRouters(
            @Nullable Exchange<List<TraefikService>> http, @Nullable Exchange<List<TraefikService>> tcp) {
        return noRouters(body(http)) && noRouters(body(tcp));
    }

    private static boolean noRouters(@Nullable List<TraefikService> services) {
        return services == null || services.stream().allMatch(service -> service.routers() == 0);
    }

    /** Why there are no metrics, for people; "" when there are. */
    public String noMetrics() {
        if (before instanceof Exchange.Refused<?> refused) {
            return StatusText.of(refused, "no metrics at this place: are they elsewhere (metrics_url), or turned off?")
                    .detail();
        }
        return before instanceof Exchange.Failed<?> failed ? failed.detail() : "";
    }

    static <T> @Nullable T body(@Nullable Exchange<T> exchange) {
        return exchange instanceof Exchange.Answered<T> answered ? answered.body() : null;
    }
}
