package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Prometheus that is killed with kill -9 is no evidence about its targets. */
final class ServerRestartIT {
    @RegisterExtension
    final World world = World.of(1);

    @Test
    void aServerThatIsBackAtOnceChangesNothing() {
        world.serve(Map.of("checkout", 5, "node", 10));
        world.watch();
        int mark = world.events().mark();

        long killed = System.nanoTime();
        world.server().kill();
        world.server().start();
        Duration away = Duration.ofNanos(System.nanoTime() - killed);
        world.server().awaitAllUp(15);
        world.awaitObserved(ofSeconds(5));

        /* On a very busy machine it is not back within the 10 s that make an outage of it. */
        assertThat(world.unexplained(mark))
                .filteredOn(event -> away.toSeconds() < 8 || !event.contains(" source/prom-a"))
                .isEmpty();
    }

    @Test
    void aServerThatStaysAwayIsOneSourceOutageUntilItIsReady() {
        world.serve(Map.of("checkout", 5, "node", 10));
        world.watch();
        int mark = world.events().mark();

        world.server().kill();
        Event opened = world.events().await("a source outage", ofSeconds(40), Event::opened);
        world.server().start().awaitAllUp(15);
        Event ended = world.events().await("its end", ofSeconds(30), Event::ended);
        world.awaitObserved(ofSeconds(5));

        assertThat(opened.scope()).isEqualTo("source");
        assertThat(opened.at("scope.source")).isEqualTo("prom-a");
        assertThat(opened.at("reason")).isEqualTo("source_unreachable");
        assertThat(ended.id()).isEqualTo(opened.id());
        assertThat(ended.at("reason")).isEqualTo("source_ready");
        assertThat(world.events().outages().filter(Event::opened)).hasSize(1);
        assertThat(world.unexplained(mark))
                .filteredOn(event -> event.startsWith("health"))
                .isEmpty();
    }

    @Test
    void anOutageGoesOnThroughARestartOfItsServer() {
        world.serve(Map.of("checkout", 5, "node", 10, "cache", 10));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        Event opened = world.events().await("an outage", ofSeconds(20), Event::opened);
        world.events()
                .await(
                        "all members",
                        ofSeconds(20),
                        event -> event.ofJob("checkout")
                                && event.data().at("/counts/down").asInt() == 5);
        int mark = world.events().mark();

        world.server().kill();
        world.server().start();
        world.awaitObserved(ofSeconds(12));

        assertThat(world.events().since(mark))
                .filteredOn(event -> event.ofTarget("checkout"))
                .isEmpty();
        assertThat(world.events().outages().filter(event -> event.opened() || event.ended()))
                .filteredOn(event -> event.ofJob("checkout"))
                .containsExactly(opened);
        world.job("checkout").forEach(Exporter::up);
        world.events()
                .await(
                        "its end",
                        ofSeconds(20),
                        event -> event.ended() && event.id().equals(opened.id()));
    }
}
