package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.health.WaitClock;
import dev.tocsin.outage.Correlator;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.OutageRules;
import dev.tocsin.outage.Quorum;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The recorded stories of a Traefik are told as they were, second by second. */
class TraefikStoriesTest {
    private static final Source EDGE = new Source("edge-1", "edge-1", SourceKind.TRAEFIK);
    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
    private static final int SECONDS = 45;

    @TestFactory
    Stream<DynamicTest> everyStoryIsToldAsItWas() {
        return Tape.stories().stream()
                .map(story -> dynamicTest(
                        story, () -> assertThat(told(story, SECONDS)).isEqualTo(ToldLines.expected(story))));
    }

    /** @param last second of the story whose answers stand for ever after */
    private static List<String> told(String story, int last) throws AnswerRefused {
        ToldLines told = new ToldLines();
        int second = 0;
        for (DeltaBatch batch : batches(story, last)) {
            told.add(second++, batch);
        }
        return told.lines();
    }

    private static TraefikRound round(Tape tape, TraefikMemo memo, int second, Moment now) throws AnswerRefused {
        SourceLimits limits = SourceLimits.DEFAULT;
        return new TraefikRound(
                now.monoMillis(),
                now,
                exchange(tape, TraefikPaths.METRICS, second, TraefikAnswers.metrics(memo)),
                exchange(
                        tape,
                        TraefikPaths.HTTP_SERVICES,
                        second,
                        TraefikAnswers.services(TraefikService.Protocol.HTTP, limits, memo)),
                exchange(
                        tape,
                        TraefikPaths.TCP_SERVICES,
                        second,
                        TraefikAnswers.services(TraefikService.Protocol.TCP, limits, memo)),
                exchange(tape, TraefikPaths.BROKEN_ROUTERS, second, TraefikAnswers.broken(Broken.ROUTER)),
                exchange(tape, TraefikPaths.OVERVIEW, second, TraefikAnswers.otherRouters()),
                exchange(tape, TraefikPaths.VERSION, second, TraefikAnswers.version()),
                exchange(tape, TraefikPaths.METRICS, second, TraefikAnswers.reloads(memo)),
                TraefikAside.NONE);
    }

    private static <T> Exchange<T> exchange(Tape tape, String path, int second, BodyDecoder<T> decoder)
            throws AnswerRefused {
        /* Each second was polled within 0.2 s. */
        Tape.Reply reply = tape.reply(path, second + 0.6);
        Instant date = tape.date(second);
        return switch (reply.status()) {
            case 0 -> new Exchange.Failed<>(Why.REFUSED, "connection refused");
            case 200 ->
                new Exchange.Answered<>(Fixtures.decode(decoder, reply.body().getBytes(StandardCharsets.UTF_8)), date);
            default -> new Exchange.Refused<>(reply.status(), false, null, "text/plain", reply.body());
        };
    }

    @Test
    @DisplayName("F54: a server that nobody checks is unknown, never up because the API says UP")
    void aServerWithoutACheckIsUnchecked() throws AnswerRefused {
        assertThat(told("reload-reset", SECONDS))
                .filteredOn(line -> line.contains("legacy@file"))
                .containsExactly(
                        "0\tlegacy@file 127.0.0.1:22003 unknown unchecked",
                        "4\tservice_unchecked {service=legacy@file} opens");
    }

    @Test
    @DisplayName("F55: a reload, which makes all servers UP in the API, brings no recovery")
    void aReloadIsNoRecovery() throws AnswerRefused {
        assertThat(told("reload-reset", 11))
                .as("the answers right after the reload, for ever after")
                .filteredOn(line -> line.contains("payments@file"))
                .containsExactly(
                        "3\tpayments@file 127.0.0.1:22001 up",
                        "3\tpayments@file 127.0.0.1:22002 up",
                        "6\tpayments@file 127.0.0.1:22001 down",
                        "6\tpayments@file 127.0.0.1:22002 down");
    }

    /** The check of two goes at 11, the router of the third at 16: their gauges stand for ever (facts 4). */
    @Test
    void aGaugeThatOutlivedItsCheckIsNotBelieved() throws AnswerRefused {
        assertThat(told("server-removed", 16))
                .filteredOn(line -> line.endsWith(" unchecked"))
                .containsExactly(
                        "0\tlegacy@file 127.0.0.1:22041 unknown unchecked",
                        "11\tinventory@file 127.0.0.1:22041 unknown unchecked",
                        "11\tinventory@file 127.0.0.1:22042 unknown unchecked",
                        "16\torders@file 127.0.0.1:22041 unknown unchecked");
    }

    /** What a configuration that never comes back is: the story up to there, and its last answers for ever after. */
    @Test
    void aConfigurationThatIsLostIsToldOnceAndNotServiceByService() throws AnswerRefused {
        List<String> told = told("broken-reload", 15);

        assertThat(told.subList(5, told.size()))
                .containsExactly(
                        "19\tconfiguration_lost {provider=file} opens",
                        "30\tcheckout@file 127.0.0.1:22021 gone configuration_lost",
                        "30\tcheckout@file 127.0.0.1:22022 gone configuration_lost");
    }

    /** Docker took its containers, and with the last one the service (facts 6). */
    @Test
    void whoIsGoneSaysForWhatItsProviderRemoves() throws AnswerRefused {
        assertThat(gone("written/disappearance"))
                .containsExactly(
                        "search@docker docker leaves out a container that is not running, or not healthy (also while it"
                                + " starts)",
                        "search@docker docker leaves out a container that is not running, or not healthy (also while it"
                                + " starts)");
        assertThat(gone("server-removed"))
                .hasSize(3)
                .allMatch(line -> line.equals(
                        "inventory@file file lists what it is given, sick or not: somebody removed it there"));
    }

    private static List<String> gone(String story) throws AnswerRefused {
        return batches(story, SECONDS).stream()
                .flatMap(batch -> batch.deltas().stream())
                .filter(delta -> delta.to().health() instanceof Health.Gone)
                .map(delta ->
                        delta.target().job() + " " + ((Health.Gone) delta.to().health()).detail())
                .toList();
    }

    /**
     * Facts 6, propagation: shop-green dies at 5, of which shop loses a quarter of its requests and nobody else anything;
     * shop-blue dies at 20, and all are out.
     */
    @Test
    void whereRequestsAreServedNoParentHasAnOutage() throws AnswerRefused {
        OutageRules soon = new OutageRules(
                Quorum.ALL,
                0.9,
                2,
                0.3,
                2,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofMinutes(15),
                false);
        WaitClock waits = new WaitClock();
        Correlator correlator = new Correlator("edge-1", job -> soon, waits, 1);
        Map<String, List<String>> opened = new TreeMap<>();
        for (DeltaBatch batch : batches("written/parents", SECONDS)) {
            waits.beat(batch.at().monoMillis());
            String when = batch.at().monoMillis() < 777_000 + 20_000 ? "before 20" : "after 20";
            Stream.of(correlator.batch(batch), correlator.tick(batch.at()))
                    .flatMap(decided -> decided.outages().stream())
                    .filter(outage -> outage.change() == Outage.Change.OPENED)
                    .forEach(outage -> opened.computeIfAbsent(when, key -> new ArrayList<>())
                            .add(outage.scope().title() + " " + outage.counts().down() + " of "
                                    + outage.counts().expected() + ", "
                                    + outage.causes().get(0).kind().subCause()));
        }

        assertThat(opened.get("before 20"))
                .containsExactlyInAnyOrder(
                        "shop-green@file 1 of 1, health_check_failed", "shop@file 1 of 2, dead_share");
        assertThat(opened.get("after 20"))
                .containsExactlyInAnyOrder(
                        "shop-blue@file 2 of 2, health_check_failed",
                        "shop-ha@file 2 of 2, no_available_server",
                        "shop-hc@file 2 of 2, no_available_server",
                        "shop-shadow@file 1 of 1, no_available_server");
    }

    /** What replicas are compared by: not while nobody can say that it is what they were given. */
    @Test
    void theRoutersAreToldWhileItIsReadyAndHasItsConfiguration() throws AnswerRefused {
        assertThat(routers("restart", SECONDS))
                .as("from second 3 on it is dark, then it starts")
                .startsWith(2, 2, 2, -1, -1, -1, -1, -1, -1, -1, 2)
                .endsWith(2);
        assertThat(routers("broken-reload", 15))
                .as("lost from 15 on, for ever")
                .containsSequence(1, 1, 0, 0, 0, 0, 0, -1)
                .endsWith(-1);
    }

    /** How many are told, second by second; -1 for none to compare. */
    private static List<Integer> routers(String story, int last) throws AnswerRefused {
        return batches(story, last).stream()
                .map(DeltaBatch::routing)
                .map(told -> told == null ? -1 : told.routers().size())
                .toList();
    }

    /** What each second changed. */
    private static List<DeltaBatch> batches(String story, int last) throws AnswerRefused {
        Tape tape = Tape.of(story);
        TraefikServers servers = new TraefikServers(EDGE, Map.of(), EVERY_SECOND, service -> false);
        TraefikMemo memo = new TraefikMemo();
        WaitClock waits = new WaitClock();
        HealthTable table = new HealthTable(EDGE, HealthRules.DEFAULT, ScrapeErrors.load(), waits, 1);
        List<DeltaBatch> batches = new ArrayList<>();
        for (int second = 0; second <= SECONDS; second++) {
            Moment now = new Moment(777_000 + second * 1_000L, tape.date(second));
            waits.beat(now.monoMillis());
            batches.add(table.poll(servers.read(round(tape, memo, Math.min(second, last), now)), EVERY_SECOND));
        }
        return batches;
    }

    /* As after a start with a file that it rejects: nothing else shows it (facts 0.12). */
    @Test
    void aTraefikThatServesNothingButItsOwnIsAFinding() throws AnswerRefused {
        Tape tape = Tape.of("restart");
        TraefikServers servers = new TraefikServers(EDGE, Map.of(), EVERY_SECOND, service -> false);
        TraefikMemo memo = new TraefikMemo();
        WaitClock waits = new WaitClock();
        HealthTable table = new HealthTable(EDGE, HealthRules.DEFAULT, ScrapeErrors.load(), waits, 1);
        ToldLines told = new ToldLines();
        for (int second = 0; second <= 30; second++) {
            Moment now = new Moment(777_000 + second * 1_000L, tape.date(second));
            waits.beat(now.monoMillis());
            told.add(second, table.poll(servers.read(withoutRouters(round(tape, memo, 6, now))), EVERY_SECOND));
        }

        assertThat(told.lines())
                .containsExactly("0\twarming", "15\tready", "19\tconfiguration_lost {source=edge-1} opens");
    }

    private static TraefikRound withoutRouters(TraefikRound round) {
        return new TraefikRound(
                round.poll(),
                round.at(),
                round.before(),
                round.http(),
                round.tcp(),
                round.broken(),
                new Exchange.Answered<>(false, null),
                round.version(),
                round.after(),
                round.aside());
    }

    @Test
    void reloadsFasterThanTheChecksAreAFindingAndNobodyStaysUpForTheirSake() throws AnswerRefused {
        ToldLines told = storm("3.7.9");

        assertThat(told.lines())
                .contains("13\thealth_data_starved {source=edge-1} opens")
                .anyMatch(line -> line.endsWith(" unknown scrape_overdue"))
                .noneMatch(line -> line.endsWith(" down") || line.endsWith("frozen"));
    }

    /** It checks at once after each reload (facts/traefik.md section 0); what came of it, no answer tells. */
    @Test
    void nobodyGoesUnknownBehindAVersionTwoWithoutThatFinding() throws AnswerRefused {
        ToldLines told = storm("2.11.53");

        assertThat(told.lines())
                .contains("13\thealth_data_starved {source=edge-1} opens")
                .anyMatch(line -> line.endsWith(" unknown scrape_overdue"));
    }

    /** The counter grows with each answer, and all else stands as it was. */
    private static ToldLines storm(String version) throws AnswerRefused {
        TraefikServers servers = new TraefikServers(EDGE, Map.of(), EVERY_SECOND, service -> false);
        TraefikMemo memo = new TraefikMemo();
        WaitClock waits = new WaitClock();
        HealthTable table = new HealthTable(EDGE, HealthRules.DEFAULT, ScrapeErrors.load(), waits, 1);
        ToldLines told = new ToldLines();
        Tape tape = Tape.of("reload-reset");
        for (int second = 0; second <= 30; second++) {
            Moment now = new Moment(777_000 + second * 1_000L, tape.date(second));
            waits.beat(now.monoMillis());
            TraefikRound round = round(tape, memo, Math.min(second, 4), now);
            told.add(second, table.poll(servers.read(reloaded(round, version, Math.max(0, second - 4))), EVERY_SECOND));
        }
        return told;
    }

    private static TraefikRound reloaded(TraefikRound round, String version, int times) {
        TraefikMetrics metrics = java.util.Objects.requireNonNull(TraefikRound.body(round.before()));
        Exchange<TraefikMetrics> more = new Exchange.Answered<>(
                new TraefikMetrics(metrics.reloads() + times, metrics.lastReloadSeconds(), metrics.gauges()), null);
        return new TraefikRound(
                round.poll(),
                round.at(),
                more,
                round.http(),
                round.tcp(),
                round.broken(),
                round.otherRouters(),
                new Exchange.Answered<>(new TraefikVersion(version, null), null),
                more,
                round.aside());
    }
}
