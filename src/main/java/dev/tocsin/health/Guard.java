package dev.tocsin.health;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells when nearly everything behind a source fails at once, so that it is rather the source that is cut off. Confined:
 * its {@link HealthTable}.
 *
 * <p>It looks at fresh failures only: scrapes of targets that were up before, or are seen first. A share of targets that
 * have been down for long never trips it, and what is known of a few does not speak for all.
 */
final class Guard {
    static final int WINDOW = 10;
    static final double FAILED_SHARE = 0.9;
    static final int JOBS_MIN = 2;
    static final int TARGETS_MIN = 2;
    static final double CALM_SHARE = 0.2;

    /** What the guard makes of a poll. */
    enum Verdict {
        TRUSTED,
        SUSPECT,
        /** Suspect until now, and calm again. */
        CALM
    }

    /* Scrapes finished since the last poll. */
    private final List<TargetMemory> freshFailed = new ArrayList<>();
    private int fresh;

    /** @param end by the source's clock */
    private record Scrape(TargetMemory target, boolean failed, long end) {}

    /* The last few finished, in the order in which they ended; an answer lists them in any. */
    private final List<Scrape> last = new ArrayList<>();
    private final List<Scrape> lastFresh = new ArrayList<>();

    private List<TargetMemory> tripping = List.of();

    /* Of all targets, those scraped with success since it tripped. */
    private final Set<TargetMemory> reached = new HashSet<>();
    private boolean suspect;
    private boolean recovering;
    private long recoveringSince;

    /** Takes in a finished scrape of a target that was up before it, or is seen first. */
    void scraped(TargetMemory target, boolean failed) {
        fresh++;
        if (failed) {
            freshFailed.add(target);
        }
        keep(new Scrape(target, failed, target.scrapeEnd()));
        if (suspect && !failed) {
            reached.add(target);
        }
    }

    private void keep(Scrape scrape) {
        int at = lastFresh.size();
        while (at > 0 && lastFresh.get(at - 1).end > scrape.end) {
            at--;
        }
        lastFresh.add(at, scrape);
        cut(lastFresh);
    }

    private static void cut(List<Scrape> scrapes) {
        scrapes.subList(0, Math.max(0, scrapes.size() - WINDOW)).clear();
    }

    /** Ends a poll in which the source could not be seen through: counts begin again, a suspicion stays. */
    void blind() {
        fresh = 0;
        freshFailed.clear();
        last.clear();
        lastFresh.clear();
        recovering = false;
        reached.clear();
    }

    /**
     * Judges a poll, and ends it.
     *
     * @param targets how many the source has that are not on its own machine
     * @param failing how many of them fail
     * @param poll the poll's number
     * @param roundMillis the time in which every target is looked at once more
     */
    Verdict judge(int targets, int failing, long poll, long roundMillis, WaitClock waits, long now) {
        last.addAll(lastFresh);
        lastFresh.clear();
        cut(last);
        Verdict verdict = suspect ? calm(targets, poll, roundMillis, waits, now) : trip(targets - failing);
        fresh = 0;
        freshFailed.clear();
        if (verdict == Verdict.CALM) {
            suspect = false;
            tripping = List.of();
            blind();
        }
        return verdict;
    }

    /** What tripped it, for people. */
    String detail() {
        return "scrapes of " + tripping.size() + " targets of " + jobs(tripping) + " jobs failed at once";
    }

    /**
     * @param up how many targets have not failed yet
     */
    private Verdict trip(int up) {
        int window = window(up);
        boolean enoughFresh = fresh >= window;
        int scrapes = enoughFresh ? fresh : window;
        List<TargetMemory> failed = enoughFresh ? freshFailed : lastFailed(window);
        Set<TargetMemory> targets = new HashSet<>(failed);
        boolean trips = window == Math.min(WINDOW, up + targets.size())
                && failed.size() >= FAILED_SHARE * scrapes
                && targets.size() >= TARGETS_MIN
                && jobs(failed) >= JOBS_MIN;
        if (trips) {
            suspect = true;
            recovering = false;
            reached.clear();
            tripping = List.copyOf(targets);
        }
        return trips ? Verdict.SUSPECT : Verdict.TRUSTED;
    }

    /* As many of the last scrapes as there were targets up before them: who has failed for longer is not looked at. */
    private int window(int up) {
        int window = last.size();
        while (window > up + new HashSet<>(lastFailed(window)).size()) {
            window--;
        }
        return window;
    }

    private List<TargetMemory> lastFailed(int scrapes) {
        return last.subList(last.size() - scrapes, last.size()).stream()
                .filter(Scrape::failed)
                .map(Scrape::target)
                .toList();
    }

    /* Those that tripped it may be one job that is truly down: a server that reaches a fifth of all its targets is not cut
     * off, whoever tripped it. */
    private Verdict calm(int targets, long poll, long roundMillis, WaitClock waits, long now) {
        int present = 0;
        int up = 0;
        for (TargetMemory target : tripping) {
            if (target.seenPoll == poll) {
                present++;
                up += target.reading == Observation.Reading.UP ? 1 : 0;
            }
        }
        long reachedNow = reached.stream()
                .filter(target -> target.seenPoll == poll && target.reading == Observation.Reading.UP)
                .count();
        /* Nobody up is nobody reached, also where nobody is listed. */
        boolean calm = up > 0 && up >= CALM_SHARE * present || reachedNow > 0 && reachedNow >= CALM_SHARE * targets;
        if (!calm) {
            recovering = false;
            return Verdict.SUSPECT;
        }
        if (!recovering) {
            recovering = true;
            recoveringSince = now;
        }
        return waits.elapsed(recoveringSince, now) >= roundMillis ? Verdict.CALM : Verdict.SUSPECT;
    }

    private static int jobs(List<TargetMemory> targets) {
        Set<String> jobs = new HashSet<>();
        targets.forEach(target -> jobs.add(target.target.job()));
        return jobs.size();
    }
}
