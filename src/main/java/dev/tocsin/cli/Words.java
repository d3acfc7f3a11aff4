package dev.tocsin.cli;

import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.Locus;
import dev.tocsin.health.Named;
import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.JobCounts;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Reason;
import dev.tocsin.outage.Scope;
import dev.tocsin.outage.Verdict;
import java.time.Duration;
import java.util.regex.Pattern;

/** What the enums of records mean, said to a tired person. */
final class Words {
    private static final double NEARLY_ALL = 0.9;

    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+(:|$)|\\[");

    private Words() {}

    /** An enum's name in plain words, as {@code pool empty}. */
    static String of(Named named) {
        return named.text().replace('_', ' ');
    }

    /** How much of a job is out, as {@code 1 of 20 instances down}. */
    static String verdict(Outage outage) {
        JobCounts counts = outage.counts();
        int out = counts.down() + counts.gone();
        String share = out + " of " + counts.expected();
        Verdict verdict = outage.verdict();
        if (verdict == null) {
            return "";
        }
        return switch (verdict) {
            case INSTANCE -> outage.sole() ? sole(outage) : share + " instances down";
            case PARTIAL -> "part of the job down: " + share;
            case JOB ->
                out >= NEARLY_ALL * counts.expected()
                        ? "whole job down: " + share
                        : "job-wide outage: " + share
                                + " down"; // it goes on while instances come back, until it is left
        };
    }

    /* A server that is a name may be any number of instances. */
    private static String sole(Outage outage) {
        boolean named = outage.scope() instanceof Scope.Job job
                && job.sourceKind() == SourceKind.TRAEFIK
                && outage.members().down().stream()
                        .noneMatch(name -> IP_ADDRESS.matcher(name).lookingAt());
        return named ? "its only server down, a name that may stand for many instances" : "its only instance down";
    }

    /** A cause and who is sick, as {@code connection refused, the target is sick}. */
    static String cause(CauseKind kind) {
        String what = Words.of(kind.family());
        if (!kind.subCause().isEmpty()) {
            what = layer(kind.family()) + kind.subCause().replace('_', ' ');
        }
        return what + ", " + sick(kind.locus());
    }

    /** What some sub-causes leave out: {@code before_response_headers} is a timeout. */
    private static String layer(CauseFamily family) {
        return switch (family) {
            case TIMEOUT -> "timeout: ";
            case DNS -> "DNS: ";
            case TLS -> "TLS: ";
            case TRANSPORT, AUTH, HTTP_STATUS, LIMIT, CONTENT, CONFIG, OBSERVER, UNKNOWN -> "";
        };
    }

    private static String sick(Locus locus) {
        return switch (locus) {
            case TARGET -> "the target is sick";
            case PATH -> "the path to it is sick";
            case OBSERVER -> "the observing server is sick";
            case CONFIG -> "a configuration is wrong";
            case UNKNOWN -> "unclear who is sick";
        };
    }

    /** Why an outage was told now; empty where how much of the job is out says it. */
    static String reason(Reason reason) {
        return switch (reason) {
            case INSTANCE_DOWN, PARTIAL_SHARE_REACHED, JOB_WIDE_SHARE_REACHED -> "";
            case SHARE_FELL_TO_PARTIAL -> "some instances are back";
            case SHARE_FELL_TO_INSTANCE -> "most instances are back";
            case MEMBERS_CHANGED -> "other instances than before";
            case CAUSE_CHANGED -> "another cause than before";
            case IMPACT_CHANGED -> "what the other view says of it has changed";
            case VANTAGE_BLIND -> "a source went blind";
            case VANTAGE_BACK -> "a source sees again";
            case FLAPPING_STARTED -> "it flaps";
            case FLAPPING_STOPPED -> "it flaps no more";
            case PARENT_CHANGED -> "part of another outage than before";
            case MEMBERS_UP -> "all instances are up";
            case MEMBERS_REPLACED -> "its instances were replaced by others that are up";
            case MEMBERS_ABSENT -> "what was down has been absent for long, the rest is up";
            case ENDED_WHILE_AWAY -> "it ended while nobody looked";
            case JOB_ABSENT -> "the job has no instances any more";
            case SOURCE_REMOVED -> "its source is no longer configured";
            case JOB_IGNORED -> "the job is ignored now";
            case SOURCE_UNREACHABLE -> "nothing can be seen through it";
            case SOURCE_STARTING_LONG -> "the source has been starting for long";
            case SOURCE_FROZEN -> "the source's scrapes stand still";
            case SOURCE_RESTARTING -> "the source restarts again and again";
            case SOURCE_READY -> "the source is ready";
            case EVERYTHING_BEHIND_SOURCE_DOWN -> "nearly everything behind the source failed at once";
            case CLUSTER_DARK -> "nearly all sources of the cluster went dark at once";
            case NODE_DARK -> "nearly all sources went dark at once: it may be us";
            case SITE_ENDED -> "it is over";
        };
    }

    /** A duration in its two largest units, as {@code 12m3s}. */
    static String duration(Duration duration) {
        if (duration.isNegative() || duration.toSeconds() == 0) {
            return "under 1s";
        }
        if (duration.toDays() > 0) {
            return duration.toDays() + "d" + duration.toHoursPart() + "h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + "h" + duration.toMinutesPart() + "m";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + "m" + duration.toSecondsPart() + "s"
                : duration.toSeconds() + "s";
    }
}
