package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One monitor goes on where another has ended, from what that has published: readers see one story. */
final class TakeOverIT {
    private final RealKafka kafka = new RealKafka();

    @RegisterExtension
    final World world = World.of(1).with("kafka: {bootstrap: \"" + kafka.bootstrap() + "\", partitions: 3}");

    @AfterEach
    void end() {
        kafka.close();
    }

    @Test
    @DisplayName("a monitor without its data folder goes on from the topics, and needs them once")
    void aMonitorWithoutItsDataFolderGoesOnFromTheTopics() {
        kafka.start();
        world.serve(Map.of("checkout", 4, "node", 3, "cache", 12));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        world.job("node").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job", "node", "job"));
        awaitTopicHasTheOutagesOf(world.tocsin());
        Map<String, String> ids = openIds();
        world.tocsin().kill();
        world.job("checkout").forEach(Exporter::up);
        awaitDownAtTheServer(3);

        TocsinProcess other = world.elsewhere().start();
        await("checkout has ended", () -> assertThat(other.log().open()).isEqualTo(Map.of("node", "job")));
        Event ended = other.events().await("its end", ofSeconds(5), Event::ended);
        awaitTopicHasTheOutagesOf(other);

        assertThat(ended.id()).isEqualTo(ids.get("checkout"));
        assertThat(ended.at("reason")).isEqualTo("ended_while_away");
        assertThat(ended.epoch()).isEqualTo(2);
        assertThat(openIds()).isEqualTo(Map.of("node", ids.get("node")));

        other.kill();
        kafka.kill();
        other.start();
        world.job("node").forEach(Exporter::up);
        await("node has ended", () -> assertThat(other.log().open()).isEmpty());
        kafka.start();
        await("the topic has no open outage", () -> assertThat(openIds()).isEmpty());

        List<Event> outages = kafka.read("tocsin.outages");
        Invariants.everyOutageOpensOnceAndEndsOnce(outages);
        Invariants.seqIsGapless(outages);
        Invariants.seqIsGapless(kafka.read("tocsin.health"));
        assertThat(outages.stream().filter(Event::opened).map(Event::id))
                .containsExactlyInAnyOrderElementsOf(ids.values());
        assertThat(outages.get(outages.size() - 1).epoch()).isEqualTo(3);
    }

    @Test
    @DisplayName("of two processes of one name the newer goes on, and the elder stops and says why")
    void ofTwoProcessesOfOneNameTheNewerGoesOn() {
        kafka.start();
        world.serve(Map.of("checkout", 4, "node", 3, "cache", 12));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));
        awaitTopicHasTheOutagesOf(world.tocsin());
        Map<String, String> ids = openIds();

        TocsinProcess newer = world.elsewhere().start();
        int code = world.tocsin().awaitEnd(ofSeconds(40));

        assertThat(code).isEqualTo(1);
        assertThat(world.tocsin()
                        .logged("cannot go on: another process of node \"it\" took over (its start 2 comes"
                                + " after our 1)"))
                .isEqualTo(1);
        assertThat(newer.runsFor(ofSeconds(1))).isTrue();
        assertThat(openIds()).isEqualTo(ids);

        world.job("checkout").forEach(Exporter::up);
        await("the topic has no open outage", () -> assertThat(openIds()).isEmpty());
        List<Event> outages = kafka.read("tocsin.outages");
        Invariants.everyOutageOpensOnceAndEndsOnce(outages);
        Invariants.seqIsGapless(outages);
        Invariants.seqIsGapless(kafka.read("tocsin.health"));
        assertThat(outages.stream().filter(Event::ended).map(Event::id)).containsExactly(ids.get("checkout"));

        kafka.sendAgain("tocsin.outages", 0);
        await("the end is written again", () -> {
            List<Event> all = kafka.read("tocsin.outages");
            assertThat(all).hasSizeGreaterThan(outages.size() + 1);
            assertThat(all.get(all.size() - 1).eventId())
                    .isEqualTo(outages.get(outages.size() - 1).eventId());
        });
        assertThat(newer.runsFor(ofSeconds(1))).isTrue();
    }

    @Test
    @DisplayName("what a start could not publish the next one does, and takes it for nobody's late word")
    void whatAStartCouldNotPublishTheNextOneDoes() {
        kafka.start();
        world.serve(Map.of("checkout", 4, "cache", 12));
        world.watch();
        Witness witness = Witness.at(kafka.bootstrap());
        witness.awaitLastWordsOf(world.tocsin().log());
        kafka.kill();
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));
        world.tocsin().kill();
        world.tocsin().start();
        kafka.start();

        witness.awaitTopicsSayWhatIsIn(world.tocsin().log());

        assertThat(openIds()).containsOnlyKeys("checkout");
        assertThat(world.tocsin().runsFor(ofSeconds(2))).isTrue();
        assertThat(world.tocsin().logged("still wrote")).isZero();
    }

    @Test
    @DisplayName("who is refused the data folder does not take over from whoever has it")
    void whoIsRefusedTheDataFolderTakesOverFromNobody() throws Exception {
        kafka.start();
        world.serve(Map.of("checkout", 4, "cache", 12));
        world.watch();
        await("its word", () -> assertThat(kafka.read("tocsin.watermarks")).isNotEmpty());
        TocsinProcess other = world.elsewhere();
        Files.createSymbolicLink(other.data(), world.tocsin().data());

        int code = other.start().awaitEnd(ofSeconds(40));
        world.job("checkout").forEach(Exporter::refuse);
        world.awaitOpen(Map.of("checkout", "job"));

        assertThat(code).isEqualTo(1);
        assertThat(other.logged("is in use by another process")).isEqualTo(1);
        awaitTopicHasTheOutagesOf(world.tocsin());
        assertThat(kafka.read("tocsin.watermarks")).extracting(Event::epoch).containsOnly(1L);
    }

    private Map<String, String> openIds() {
        return Invariants.fold(kafka.read("tocsin.outages")).values().stream()
                .filter(outage -> !outage.ended())
                .collect(Collectors.toMap(outage -> outage.at("scope.job"), Event::id));
    }

    private void awaitTopicHasTheOutagesOf(TocsinProcess tocsin) {
        await("the topic of outages", () -> assertThat(ids(kafka.read("tocsin.outages")))
                .containsAll(ids(tocsin.log().read("outages"))));
    }

    private void awaitDownAtTheServer(long count) {
        await("the server's word", () -> assertThat(
                        world.server().health().values().stream().filter("down"::equals))
                .hasSize((int) count));
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(Event::eventId).toList();
    }

    private static void await(String what, ThrowingRunnable says) {
        Awaitility.await(what)
                .atMost(ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(says);
    }
}
