package dev.tocsin.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
    private static final Outcome.Answered SMALL = new Outcome.Answered(20, 60_000);

    private final Schedule schedule = new Schedule("prom-a", Duration.ofSeconds(5), Duration.ofSeconds(4));

    @Test
    void aHealthySourceIsAskedOnceAnInterval() {
        List<Long> starts = starts(SMALL, 100, 20);

        assertThat(gaps(starts).skip(1)).allSatisfy(gap -> assertThat(gap).isBetween(4_750L, 5_250L));
        assertThat(starts.get(99) - starts.get(1)).isBetween(98 * 5_000L - 250, 98 * 5_000L + 250);
    }

    @Test
    void theFirstRoundComesWithinTwoSeconds() {
        assertThat(IntStream.range(0, 1_000).mapToObj(ScheduleTest::named))
                .allSatisfy(s -> assertThat(s.first(777, 1_000).atMillis()).isBetween(777L, 2_777L));
    }

    @Test
    void theFirstRoundsOfAFewSourcesComeAtOnce() {
        List<Long> firsts = IntStream.range(0, 20)
                .mapToObj(i -> named(i).first(777, 20).atMillis())
                .toList();

        assertThat(firsts).allSatisfy(at -> assertThat(at).isBetween(777L, 877L));
        assertThat(firsts.stream().distinct()).hasSizeGreaterThan(10);
    }

    @Test
    void theSecondRoundKeepsHalfAnIntervalFromTheFirst() {
        assertThat(IntStream.range(0, 1_000).mapToObj(ScheduleTest::named)).allSatisfy(s -> {
            long first = s.first(777, 1_000).atMillis();

            assertThat(s.next(SMALL, first, first + 20).atMillis() - first).isBetween(2_500L, 7_751L);
        });
    }

    @Test
    void aThousandSourcesSpreadOverTheInterval() {
        long[] perTenth = new long[10];

        IntStream.range(0, 1_000).forEach(i -> {
            long at = named(i).next(SMALL, 1_000_000, 1_000_020).atMillis();
            perTenth[(Math.floorMod(at, 5_000) / 500)]++;
        });

        assertThat(LongStream.of(perTenth).boxed())
                .allSatisfy(n -> assertThat(n).isBetween(50L, 200L));
    }

    @Test
    void aDarkSourceIsAskedAtItsIntervalFirstAndAtLeastEveryThirtySeconds() {
        List<Long> starts = starts(new Outcome.Dark(), 40, 10);

        assertThat(starts.stream().filter(t -> t - starts.get(0) <= 30_000)).hasSizeBetween(6, 8);
        assertThat(gaps(starts).skip(1)).allSatisfy(gap -> assertThat(gap).isBetween(4_750L, 30_010L));
        assertThat(gaps(starts).skip(20)).allSatisfy(gap -> assertThat(gap).isGreaterThan(26_000L));
    }

    @Test
    void anAnswerEndsTheBackoff() {
        long last = starts(new Outcome.Dark(), 40, 10).get(39);

        long next = schedule.next(SMALL, last, last + 20).atMillis();

        assertThat(next - last).isLessThanOrEqualTo(7_750);
    }

    @Test
    @DisplayName("F12: a source that denies us is asked at most eight times in five minutes")
    void aSourceThatDeniesUsIsAskedAtMostEightTimesInFiveMinutes() {
        List<Long> starts = starts(new Outcome.Denied(), 20, 10);

        assertThat(starts.stream().filter(t -> t - starts.get(0) < 300_000)).hasSizeBetween(6, 8);
        assertThat(gaps(starts)).allSatisfy(gap -> assertThat(gap).isLessThanOrEqualTo(60_010));
    }

    @Test
    @DisplayName("F14: a source that wants a pause gets it")
    void aSourceThatWantsAPauseGetsIt() {
        Plan plan = schedule.next(new Outcome.ToldToWait(Duration.ofMinutes(2)), 10_000, 10_050);

        assertThat(plan).isEqualTo(new Plan(130_050, 0, Duration.ofMinutes(2)));
    }

    @Test
    @DisplayName("F31: rounds that were due while one was on its way are skipped and counted")
    void roundsThatWereDueWhileOneWasOnItsWayAreSkippedAndCounted() {
        long start = schedule.next(SMALL, 100_000, 100_020).atMillis();

        Plan plan = schedule.next(new Outcome.Answered(16_000, 60_000), start, start + 16_000);

        assertThat(plan.skipped()).isEqualTo(3);
        assertThat(plan.atMillis()).isBetween(start + 16_000, start + 21_250);
    }

    @Test
    void aBigAnswerStretchesTheIntervalToThreeTimesItsTime() {
        Plan plan = schedule.next(new Outcome.Answered(3_000, 33 << 20), 100_000, 103_000);

        assertThat(plan.interval()).isEqualTo(Duration.ofSeconds(9));
        assertThat(plan.atMillis()).isGreaterThanOrEqualTo(109_000);
    }

    @Test
    void aSmallSlowAnswerDoesNot() {
        assertThat(schedule.next(new Outcome.Answered(3_000, 60_000), 100_000, 103_000)
                        .interval())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aMissedDeadlineOfAReadySourceDoublesItUpToAMinute() {
        List<Long> deadlines = new ArrayList<>();

        for (int i = 0; i < 6; i++) {
            schedule.next(new Outcome.TooSlow(), 100_000 * i, 100_000 * i + 4_000);
            deadlines.add(schedule.deadline().toSeconds());
        }

        assertThat(deadlines).containsExactly(8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void aQuickAnswerBringsTheDeadlineBackAndASlowOneDoesNot() {
        schedule.next(new Outcome.TooSlow(), 0, 4_000);

        schedule.next(new Outcome.Answered(6_000, 33 << 20), 5_000, 11_000);
        assertThat(schedule.deadline()).isEqualTo(Duration.ofSeconds(8));
        schedule.next(SMALL, 20_000, 20_020);
        assertThat(schedule.deadline()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    @DisplayName("F57: a void round is asked again at once")
    void aVoidRoundIsAskedAgainAtOnce() {
        assertThat(schedule.next(new Outcome.Void(), 100_000, 131_000).atMillis())
                .isEqualTo(131_000);
    }

    private List<Long> starts(Outcome outcome, int rounds, long took) {
        List<Long> starts = new ArrayList<>();
        long at = schedule.first(0, 1_000).atMillis();
        for (int i = 0; i < rounds; i++) {
            starts.add(at);
            at = schedule.next(outcome, at, at + took).atMillis();
        }
        return starts;
    }

    private static java.util.stream.Stream<Long> gaps(List<Long> starts) {
        return IntStream.range(1, starts.size()).mapToObj(i -> starts.get(i) - starts.get(i - 1));
    }

    private static Schedule named(int i) {
        return new Schedule("prom-" + i, Duration.ofSeconds(5), Duration.ofSeconds(4));
    }
}
