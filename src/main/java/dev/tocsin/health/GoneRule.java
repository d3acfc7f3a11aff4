package dev.tocsin.health;

/**
 * When a target that is no longer listed is gone.
 *
 * <p>A target leaves the list without a last state: discovery dropped it. A list may also be short for a moment (reload,
 * discovery that failed). So absence alone is never down, and gone only when it lasts.
 */
enum GoneRule {
    WAIT,
    LEFT_DISCOVERY,
    POOL_REMOVED;

    static final int POLLS = 3;
    static final long MILLIS = 15_000;

    /** @param absentPolls ready polls in a row without the target, this one included */
    static GoneRule judge(int absentPolls, long absentMillis, PoolList.Standing pool) {
        if (absentPolls < POLLS || absentMillis < MILLIS) {
            return WAIT;
        }
        return switch (pool) {
            case EXPECTED -> LEFT_DISCOVERY;
            case REMOVED -> POOL_REMOVED;
            case UNSETTLED -> WAIT;
        };
    }

    /** What the targets are told to be; waiting has no word. The pools of a Traefik are the providers of its configuration. */
    Health.Gone health(SourceKind kind, String pool) {
        return switch (this) {
            case LEFT_DISCOVERY ->
                new Health.Gone(
                        Health.GoneWhy.LEFT_DISCOVERY,
                        switch (kind) {
                            case PROMETHEUS -> "";
                            case TRAEFIK -> ProviderHabit.of(pool).text(pool);
                        });
            case POOL_REMOVED ->
                new Health.Gone(
                        switch (kind) {
                            case PROMETHEUS -> Health.GoneWhy.POOL_REMOVED;
                            case TRAEFIK -> Health.GoneWhy.CONFIGURATION_LOST;
                        });
            case WAIT -> throw new IllegalStateException("a target that we wait for is not gone");
        };
    }
}
