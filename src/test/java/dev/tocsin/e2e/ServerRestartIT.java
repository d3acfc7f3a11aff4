package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

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

        world.server().kill();
        world.server().start().awaitAllUp(15);
        world.awaitObserved(ofSeconds(5));

        assertThat(world.events().since(mark)).extracting(Event::brief).isEmpty();
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
        assertThat(world.events().since(mark)).filteredOn(Event::health).isEmpty();
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

        assertThat(world.events().since(mark)).filteredOn(Event::health).isEmpty();
        assertThat(world.events().outages().filter(event -> event.opened() || event.ended()))
                .containsExactly(opened);
        world.job("checkout").forEach(Exporter::up);
        assertThat(world.events().await("its end", ofSeconds(20), Event::ended).id())
                .isEqualTo(opened.id());
    }
}
