package dev.tocsin.outage;

/**
 * How restless a state is: Icinga's weighted share of changes among the last 20 checks. Only changes are told to it,
 * each with the number of checks since the one before, so it costs nothing while nothing changes. Immutable.
 *
 * <p>Source of the formula: Icinga 2, {@code Checkable::UpdateFlappingStatus}: 20 bits, the newest weighs 1.18, the
 * oldest 0.80, the sum is divided by 20; flapping starts above 30 %, stops at 25 % or below.
 *
 * @param changes bit 0 is the check of the last change, bit 1 the one before; set when the state changed at it
 * @param started whether it was flapping at the last change
 */
record FlapScore(int changes, boolean started) {
    static final FlapScore CALM = new FlapScore(0, false);
    private static final double STARTS_ABOVE = 30;
    private static final double STOPS_AT = 25;
    private static final int CHECKS = 20;

    /** After {@code checks} more checks, the last of which found a change. */
    FlapScore changedAfter(long checks) {
        int bits = shifted(Math.max(1, checks)) | 1;
        double threshold = flappingAfter(checks - 1) ? STOPS_AT : STARTS_ABOVE;
        return new FlapScore(bits, percent(bits) > threshold);
    }

    /** The score in percent after that many more checks without a change, 0 to 99. */
    double percentAfter(long checks) {
        return percent(shifted(Math.max(0, checks)));
    }

    /* Between changes the score only falls, so "started" and the lower threshold are the whole hysteresis. */
    /** Whether it flaps after that many more checks without a change. */
    boolean flappingAfter(long checks) {
        return started && percentAfter(checks) > STOPS_AT;
    }

    private int shifted(long checks) {
        return checks >= CHECKS ? 0 : changes << checks & (1 << CHECKS) - 1;
    }

    private static double percent(int bits) {
        double sum = 0;
        for (int age = 0; age < CHECKS; age++) {
            if ((bits >> age & 1) != 0) {
                sum += 0.80 + 0.02 * (CHECKS - 1 - age);
            }
        }
        return 100 * sum / CHECKS;
    }
}
