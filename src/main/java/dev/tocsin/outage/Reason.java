package dev.tocsin.outage;

import dev.tocsin.health.Named;

/** Why a version of an outage was written. Closed: a new value is a new minor version of the contract. */
public enum Reason implements Named {
    INSTANCE_DOWN,
    PARTIAL_SHARE_REACHED,
    JOB_WIDE_SHARE_REACHED,
    SHARE_FELL_TO_PARTIAL,
    SHARE_FELL_TO_INSTANCE,
    MEMBERS_CHANGED,
    CAUSE_CHANGED,
    /** What users feel of it, or how its endpoints are in the other view. */
    IMPACT_CHANGED,
    VANTAGE_BLIND,
    VANTAGE_BACK,
    FLAPPING_STARTED,
    FLAPPING_STOPPED,
    PARENT_CHANGED,
    MEMBERS_UP,
    MEMBERS_REPLACED,
    MEMBERS_ABSENT,
    ENDED_WHILE_AWAY,
    JOB_ABSENT,
    SOURCE_REMOVED,
    JOB_IGNORED,
    SOURCE_UNREACHABLE,
    SOURCE_STARTING_LONG,
    SOURCE_FROZEN,
    SOURCE_RESTARTING,
    SOURCE_READY,
    EVERYTHING_BEHIND_SOURCE_DOWN,
    CLUSTER_DARK,
    NODE_DARK,
    SITE_ENDED
}
