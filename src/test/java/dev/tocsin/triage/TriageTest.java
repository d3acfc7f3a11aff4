package dev.tocsin.triage;

import static dev.tocsin.triage.Rounds.NOW;
import static dev.tocsin.triage.Rounds.REFUSED;
import static dev.tocsin.triage.Rounds.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Locus;
import dev.tocsin.health.Observation.Reading;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.Quorum;
import dev.tocsin.outage.Verdict;
import dev.tocsin.source.Sample;
import dev.tocsin.triage.Report.DownInstance;
import dev.tocsin.triage.Report.JobOut;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is down, for whom, and what a look that saw nothing comes to. */
class TriageTest {
    private static final String EXHAUSTED = "Get \"http://%s/metrics\": dial tcp %s: socket: too many open files";

    private final Rounds rounds = new Rounds();

    @Test
    void whereAllIsUpNothingIsDown() {
        rounds.server("prom-a").up("node", names("node", 1, 3));

        Report report = rounds.report();

        assertThat(report.standing()).isEqualTo(Standing.CLEAR);
        assertThat(report.jobs()).isEmpty();
        assertThat(report.sources().get(0).targets()).isEqualTo(new Report.Targets(3, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void jobsStandInTheOrderOfTheirGravity() {
        rounds.server("prom-a")
                .up("one", names("one", 2, 10))
                .down("one", REFUSED, names("one", 1, 1))
                .up("part", names("part", 4, 10))
                .down("part", REFUSED, names("part", 1, 3))
                .up("whole", names("whole", 10, 10))
                .down("whole", REFUSED, names("whole", 1, 9))
                .down("sole", REFUSED, "sole:1");

        List<JobOut> jobs = rounds.report().jobs();

        assertThat(jobs).extracting(JobOut::job).containsExactly("whole", "part", "one", "sole");
        assertThat(jobs)
                .extracting(JobOut::verdict)
                .containsExactly(Verdict.JOB, Verdict.PARTIAL, Verdict.INSTANCE, Verdict.INSTANCE);
        assertThat(jobs).extracting(JobOut::sole).containsExactly(false, false, false, true);
        assertThat(jobs.get(0).counts().down()).isEqualTo(9);
        assertThat(jobs.get(0).causes()).hasSize(1);
    }

    @Test
    void aCauseSaysWhoIsSickWhatToDoAndWhatToRun() {
        rounds.server("prom-a").up("node", names("node", 2, 9)).down("node", REFUSED, "10.0.0.7:9100");

        Report.CauseGroup cause = rounds.report().jobs().get(0).causes().get(0);

        assertThat(cause.kind().subCause()).isEqualTo("connection_refused");
        assertThat(cause.kind().locus()).isEqualTo(Locus.TARGET);
        assertThat(cause.remedy()).startsWith("Start the process");
        assertThat(cause.check()).contains("sport = :9100").contains("10.0.0.7");
        assertThat(cause.instances().get(0).error()).isEqualTo("dial tcp 10.0.0.7:9100: connect: connection refused");
    }

    @Test
    void causesOfOneJobStandApartTheMostFrequentFirst() {
        rounds.server("prom-a")
                .down("web", "server returned HTTP status 503 Service Unavailable", names("web", 1, 2))
                .down("web", REFUSED, names("web", 3, 6));

        List<Report.CauseGroup> causes = rounds.report().jobs().get(0).causes();

        assertThat(causes)
                .extracting(cause ->
                        cause.kind().subCause() + " " + cause.instances().size())
                .containsExactly("connection_refused 4", "backend_unavailable 2");
    }

    @Test
    void whatOneOfTwoSightedSourcesCallsUpIsDisputedAndNotDown() {
        rounds.server("prom-a").up("node", names("node", 2, 5)).down("node", REFUSED, names("node", 1, 1));
        rounds.server("prom-b").up("node", names("node", 1, 5));

        Report report = rounds.report();

        assertThat(report.standing()).isEqualTo(Standing.CLEAR);
        assertThat(report.jobs()).isEmpty();
        assertThat(report.disagreements()).singleElement().satisfies(one -> {
            assertThat(one.instance()).isEqualTo("node-1:9100");
            assertThat(one.down()).containsExactly("prom-a");
            assertThat(one.up()).containsExactly("prom-b");
        });
    }

    @Test
    void theQuorumIsThatOfTheConfiguration() {
        OutageRules by = OutageRules.DEFAULT;
        rounds.rules(new OutageRules(
                Quorum.ANY,
                by.jobWideShare(),
                by.jobWideMin(),
                by.partialShare(),
                by.partialMin(),
                by.confirmMin(),
                by.confirmMax(),
                by.settleCap(),
                by.absentFor(),
                false));
        rounds.server("prom-a").down("node", REFUSED, names("node", 1, 1));
        rounds.server("prom-b").up("node", names("node", 1, 5));

        assertThat(rounds.report().jobs()).singleElement().satisfies(job -> {
            assertThat(job.counts().expected()).isEqualTo(5);
            assertThat(job.sighted()).containsExactly("prom-a", "prom-b");
        });
    }

    @Test
    void twoSourcesOfOneWorldCountAnInstanceOnce() {
        rounds.server("prom-a").down("node", REFUSED, names("node", 1, 2)).up("node", "node-3:9100");
        rounds.server("prom-b").down("node", REFUSED, names("node", 1, 2)).up("node", "node-3:9100");

        JobOut job = rounds.report().jobs().get(0);

        assertThat(job.counts().down()).isEqualTo(2);
        assertThat(job.counts().expected()).isEqualTo(3);
        assertThat(job.causes().get(0).instances())
                .extracting(DownInstance::sources)
                .containsOnly(List.of("prom-a", "prom-b"));
    }

    @Test
    void whatIsOnTheMachineOfASourceIsAnotherOneForEachOfThem() {
        rounds.server("prom-a").down("node", REFUSED, "127.0.0.1:9100");
        rounds.server("prom-b").up("node", "127.0.0.1:9100");

        Report report = rounds.report();

        assertThat(report.disagreements()).isEmpty();
        assertThat(report.jobs().get(0).counts().expected()).isEqualTo(2);
    }

    @Test
    void sourcesOfOtherClustersSeeOtherWorlds() {
        rounds.server("prom-a", "eu").down("node", REFUSED, names("node", 1, 2));
        rounds.server("prom-b", "us").up("node", names("node", 1, 2));

        assertThat(rounds.report().jobs()).singleElement().satisfies(job -> {
            assertThat(job.cluster()).isEqualTo("eu");
            assertThat(job.verdict()).isEqualTo(Verdict.JOB);
        });
    }

    @Test
    void anInstanceThatASourceHasTwiceIsAsBadAsItsWorst() {
        rounds.server("prom-a").up("node", "node-1:9100").down("node", REFUSED, "node-1:9100");

        assertThat(rounds.report().jobs().get(0).counts().down()).isEqualTo(1);
    }

    @Test
    void aDarkSourceIsNoDownTarget() {
        rounds.server("prom-a").up("node", names("node", 1, 3));
        rounds.dark("prom-b", SourceState.BLIND, Why.REFUSED, "Connection refused");

        Report report = rounds.report();

        assertThat(report.standing()).isEqualTo(Standing.UNSURE);
        assertThat(report.sources().get(1).seen()).isFalse();
        assertThat(report.sources().get(1).remedy()).isNotEmpty();
    }

    @Test
    void somethingDownOutweighsADarkSource() {
        rounds.server("prom-a").down("node", REFUSED, names("node", 1, 3));
        rounds.dark("prom-b", SourceState.STARTING, Why.WAL_REPLAY, "replaying WAL segment 3 of 17");

        assertThat(rounds.report().standing()).isEqualTo(Standing.DOWN);
    }

    @Test
    void whoeverFailsForTheServersSakeIsUnseenAndNotDown() {
        rounds.server("prom-a").up("node", names("node", 1, 3)).down("web", EXHAUSTED, names("web", 1, 3));

        Report report = rounds.report();

        assertThat(report.standing()).isEqualTo(Standing.UNSURE);
        assertThat(report.jobs()).isEmpty();
        assertThat(report.sources().get(0).targets().unseen()).isEqualTo(3);
        assertThat(report.sources().get(0).troubles()).singleElement().satisfies(trouble -> assertThat(trouble.kind())
                .isEqualTo(TroubleKind.CANNOT_SCRAPE));
    }

    @Test
    void aTargetLimitIsAMistakeOfTheConfigurationAndNoOutage() {
        rounds.server("prom-a")
                .up("node", names("node", 1, 3))
                .down("web", "target_limit exceeded (number of targets: 3, limit: 2)", names("web", 1, 3));

        Report report = rounds.report();

        assertThat(report.jobs()).isEmpty();
        assertThat(report.sources().get(0).troubles()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(TroubleKind.TARGET_LIMIT);
            assertThat(trouble.subject()).isEqualTo("web");
        });
    }

    @Test
    void aScrapeOfLongAgoSaysNothing() {
        rounds.server("prom-a").up("node", names("node", 1, 3)).old("node", "node-4:9100", Reading.DOWN);

        Report report = rounds.report();

        assertThat(report.standing()).isEqualTo(Standing.UNSURE);
        assertThat(report.sources().get(0).targets().overdue()).isEqualTo(1);
    }

    @Test
    void ageIsThatOfTheServersOwnClock() {
        rounds.server("prom-a").skew = Duration.ofHours(2);
        rounds.server("prom-a").up("node", names("node", 1, 3));

        Report report = rounds.report();

        assertThat(report.standing()).isEqualTo(Standing.CLEAR);
        assertThat(report.sources().get(0).troubles())
                .singleElement()
                .satisfies(trouble -> assertThat(trouble.evidence()).isEqualTo("its clock is 7200 s ahead of ours"));
    }

    @Test
    void aServerWhoseScrapesStandStillIsFrozenAndNotSeen() {
        rounds.server("prom-a")
                .up("node", "node-1:9100")
                .old("node", "node-2:9100", Reading.UP)
                .old("node", "node-3:9100", Reading.DOWN);

        Report report = rounds.report();

        assertThat(report.sources().get(0).state()).isEqualTo(SourceState.FROZEN);
        assertThat(report.standing()).isEqualTo(Standing.UNSURE);
        assertThat(report.jobs()).isEmpty();
    }

    @Test
    void anEmptyListOfAServerThatJustStartedIsNotAllGone() {
        rounds.server("prom-a").startTime = NOW.minusSeconds(3);

        Report report = rounds.report();

        assertThat(report.sources().get(0).state()).isEqualTo(SourceState.WARMING);
        assertThat(report.sources().get(0).detail()).isEqualTo("it lists no targets yet, it started 3 s ago");
        assertThat(report.standing()).isEqualTo(Standing.UNSURE);
    }

    @Test
    void targetsThatWereDiscoveredJustNowAreNoDoubt() {
        rounds.server("prom-a").up("node", names("node", 1, 3)).unscraped("node", "node-4:9100");

        assertThat(rounds.report().standing()).isEqualTo(Standing.CLEAR);
    }

    @Test
    void sinceWhenIsTheLatestThatAnySourceRemembers() {
        Map<String, String> first = Map.of("job", "node", "instance", "node-1:9100");
        Map<String, String> second = Map.of("job", "node", "instance", "node-2:9100");
        double then = NOW.getEpochSecond() - 600;
        rounds.server("prom-a").down("node", REFUSED, names("node", 1, 3)).lastUp =
                Rounds.vector(new Sample(first, then), new Sample(second, -1));
        rounds.server("prom-b").down("node", REFUSED, names("node", 1, 3)).lastUp =
                Rounds.vector(new Sample(first, then + 60), new Sample(second, 0));

        assertThat(rounds.report().jobs().get(0).causes().get(0).instances())
                .extracting(DownInstance::lastUp)
                .containsExactly(
                        new LastUp.At(NOW.minusSeconds(540), Duration.ofMinutes(1)),
                        new LastUp.SomeTimeWithin(Duration.ofHours(2)),
                        new LastUp.NotTold());
    }

    @Test
    void aShortMemorySaysNoMoreThanItHolds() {
        rounds.server("prom-a")
                        .down("node", REFUSED, "node-1:9100")
                        .metric("prometheus_tsdb_lowest_timestamp_seconds", NOW.getEpochSecond() - 300)
                        .lastUp =
                Rounds.vector(new Sample(Map.of("job", "node", "instance", "node-1:9100"), -1));

        assertThat(rounds.report()
                        .jobs()
                        .get(0)
                        .causes()
                        .get(0)
                        .instances()
                        .get(0)
                        .lastUp())
                .isEqualTo(new LastUp.NotWithin(Duration.ofMinutes(5), 1));
    }

    @Test
    void whatIsIgnoredIsNotTold() {
        OutageRules by = OutageRules.DEFAULT;
        rounds.rules(new OutageRules(
                by.quorum(),
                by.jobWideShare(),
                by.jobWideMin(),
                by.partialShare(),
                by.partialMin(),
                by.confirmMin(),
                by.confirmMax(),
                by.settleCap(),
                by.absentFor(),
                true));
        rounds.server("prom-a").down("node", REFUSED, names("node", 1, 2));

        assertThat(rounds.report().standing()).isEqualTo(Standing.CLEAR);
    }

    @ParameterizedTest
    @EnumSource(TroubleKind.class)
    void everyTroubleHasARemedyAndSomethingToRun(TroubleKind kind) {
        Report.Trouble trouble = new Report.Trouble(kind, "a\"$(reboot)", "evidence", List.of());

        assertThat(kind.remedy()).matches(".*[.?]").hasSizeBetween(20, 140);
        assertThat(trouble.check().lines()).allMatch(line -> line.matches("(PromQL|on [^:]+): .+"));
        assertThat(trouble.check()).doesNotContain("reboot");
    }
}
