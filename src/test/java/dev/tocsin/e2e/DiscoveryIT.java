package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What discovery takes away is neither up nor down. */
final class DiscoveryIT {
    @RegisterExtension
    final World world = World.of(1);

    @Test
    void aJobThatLeavesDiscoveryWhileDownIsNotResolved() {
        world.serve(Map.of("checkout", 4, "node", 10, "cache", 10));
        world.watch();
        world.job("checkout").forEach(Exporter::refuse);
        Event opened = world.events().await("an outage", ofSeconds(20), Event::opened);
        world.events()
                .await(
                        "all members",
                        ofSeconds(20),
                        event -> event.ofJob("checkout")
                                && event.data().at("/counts/down").asInt() == 4);

        world.server().discover("checkout", List.of());
        world.events()
                .await(
                        "the last of them gone",
                        ofSeconds(60),
                        event -> world.events()
                                        .health()
                                        .filter(gone -> gone.to().equals("gone"))
                                        .count()
                                == 4);
        world.awaitObserved(ofSeconds(10));

        assertThat(world.events().outages().filter(Event::ended)).isEmpty();
        world.job("checkout").forEach(Exporter::up);
        world.server().discover("checkout", world.job("checkout"));
        Event ended = world.events().await("its end", ofSeconds(40), Event::ended);
        assertThat(ended.id()).isEqualTo(opened.id());
        assertThat(world.events().outages().filter(Event::opened)).containsExactly(opened);
    }

    @Test
    void healthyInstancesThatVanishAreAFindingAndNoOutage() {
        world.serve(Map.of("checkout", 8, "node", 10));
        world.watch();

        world.server().discover("checkout", world.job("checkout").subList(0, 2));
        Event vanished = world.events()
                .await(
                        "targets_vanished",
                        ofSeconds(60),
                        event -> event.finding() && event.at("kind").equals("targets_vanished"));
        world.server().discover("checkout", world.job("checkout"));
        world.events()
                .await(
                        "it clears",
                        ofSeconds(60),
                        event -> event.finding()
                                && event.key().equals(vanished.key())
                                && event.at("state").equals("cleared"));

        assertThat(vanished.at("state")).isEqualTo("open");
        assertThat(vanished.at("source")).isEqualTo("prom-a");
        assertThat(vanished.at("subject.job")).isEqualTo("checkout");
        assertThat(world.events().outages()).isEmpty();
        assertThat(world.events().health().filter(event -> event.to().equals("down")))
                .isEmpty();
    }
}
