package dev.tocsin.source;

import dev.tocsin.health.Observation;
import dev.tocsin.health.Observation.Reading;
import dev.tocsin.health.Target;
import dev.tocsin.source.TraefikService.Check;
import dev.tocsin.source.TraefikService.Server;
import org.jspecify.annotations.Nullable;

/** What is remembered of one server behind Traefik: what it was believed to be, and as of when. Confined: the asker. */
final class TraefikServer {
    private static final int EPOCH_NONE = -1;

    final Target target;
    private @Nullable Boolean gauge;
    private boolean gaugesRead;
    private int roseEpoch = EPOCH_NONE;
    private int upEpoch = EPOCH_NONE;
    private long upSince;
    private int lastEpoch = EPOCH_NONE;
    private Reading reading = Reading.UNKNOWN;
    private long evidence = Observation.NEVER;
    /** Our wall clock: when a check was last known to have run; the first sight before one was. */
    private long checkedAt;

    private long seenRead = Long.MIN_VALUE;
    private long seenMillis;

    TraefikServer(Target target, long wallMillis) {
        this.target = target;
        this.checkedAt = wallMillis;
    }

    /**
     * Judges it by one answer.
     *
     * @param service that it belongs to
     * @param checked whether a check is configured that this version runs
     * @param look what the answer says beside
     */
    ServerRule see(TraefikService service, Server server, boolean checked, Look look) {
        Boolean now = look.metrics == null ? null : look.metrics.gauge(service, server.url());
        rise(now, look);
        up(server.up(), look);
        Check check = service.check();
        ServerRule.Evidence seen = new ServerRule.Evidence(
                server.fenced(),
                checked,
                server.up(),
                now,
                service.protocol() == TraefikService.Protocol.HTTP && look.metrics != null && look.metrics.hasGauges(),
                roseEpoch == look.epoch,
                look.monoMillis - upSince,
                check == null
                        ? 0
                        : ServerRule.waitMillis(check, service.servers().size()));
        ServerRule rule = ServerRule.judge(seen);
        believe(rule, seen.settled(), look.wallMillis);
        /* Each reload starts the clock of the checks anew: only a configuration that lasts is checked. */
        if (check == null || look.monoMillis - look.epochSince >= check.intervalMillis()) {
            checkedAt = look.wallMillis;
        }
        return rule;
    }

    /**
     * What of an answer matters for each server. Immutable.
     *
     * @param epochSince on our monotonic clock
     */
    record Look(@Nullable TraefikMetrics metrics, int epoch, long epochSince, long monoMillis, long wallMillis) {}

    /** Takes in that an answer lists it, by its number; false when it has done so before. */
    boolean listed(long read, Look look) {
        if (seenRead == read) {
            return false;
        }
        checkedAt = seenRead == read - 1 ? checkedAt : look.wallMillis;
        seenRead = read;
        seenMillis = look.monoMillis;
        return true;
    }

    /** Whether it was listed last before that answer and that time. */
    boolean unlistedSince(long read, long monoMillis) {
        return seenRead < read && seenMillis <= monoMillis;
    }

    /** For how long no check is known to have run. A v2 checks at once after a reload, and no answer tells what came of it. */
    long starvedMillis(Look look) {
        return look.wallMillis - checkedAt;
    }

    Observation observation(String error, int intervalMillis, int timeoutMillis) {
        return new Observation(
                target,
                reading,
                reading == Reading.DOWN ? error : "",
                reading == Reading.UP || reading == Reading.DOWN ? evidence : Observation.NEVER,
                0,
                intervalMillis,
                timeoutMillis);
    }

    private void rise(@Nullable Boolean now, Look look) {
        if (Boolean.TRUE.equals(now)) {
            boolean rises = gaugesRead && !Boolean.TRUE.equals(gauge);
            roseEpoch = rises ? look.epoch : roseEpoch;
        } else {
            roseEpoch = EPOCH_NONE;
        }
        gauge = now;
        gaugesRead = look.metrics != null;
    }

    private void up(@Nullable Boolean api, Look look) {
        if (!Boolean.TRUE.equals(api)) {
            upEpoch = EPOCH_NONE;
            upSince = look.monoMillis;
        } else if (upEpoch != look.epoch) {
            /* UP since the reload, unless it has been seen otherwise in this epoch. */
            upSince = lastEpoch == look.epoch ? look.monoMillis : look.epochSince;
            upEpoch = look.epoch;
        }
        lastEpoch = look.epoch;
    }

    private void believe(ServerRule rule, boolean settled, long wallMillis) {
        switch (rule) {
            case UNCHECKED, FENCED -> {
                reading = Reading.UNCHECKED;
                evidence = Observation.NEVER;
                checkedAt = wallMillis;
            }
            case API_DOWN -> found(Reading.DOWN, wallMillis);
            case GAUGE_DOWN -> {
                /* After a reload the gauge is of a check before it, until there must have been another. */
                if (settled || reading != Reading.DOWN) {
                    found(Reading.DOWN, wallMillis);
                }
            }
            case GAUGE_ROSE, UP_OUTLIVED -> found(Reading.UP, wallMillis);
            case UNPROVEN -> reading = reading == Reading.UNCHECKED ? Reading.UNKNOWN : reading;
        }
    }

    private void found(Reading found, long wallMillis) {
        reading = found;
        evidence = wallMillis;
        checkedAt = wallMillis;
    }
}
