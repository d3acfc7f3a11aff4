package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Outages of jobs behind one server. */
final class JobOutageIT {
    @RegisterExtension
    final World world = World.of(1);

    @Test
    void oneInstanceThatDiesIsAnInstanceOutageAndResolves() {
        world.serve(Map.of("checkout", 10, "node", 10));
        world.watch();

        world.job("checkout").get(2).refuse();
        Event opened = world.events().await("an outage", ofSeconds(20), Event::opened);
        world.job("checkout").get(2).up();
        Event ended = world.events().await("its end", ofSeconds(20), Event::ended);
        world.awaitObserved(ofSeconds(5));

        assertThat(opened.at("scope.job")).isEqualTo("checkout");
        assertThat(opened.at("verdict")).isEqualTo("instance");
        assertThat(opened.at("reason")).isEqualTo("instance_down");
        assertThat(opened.texts("members.down")).containsExactly("checkout-3:8080");
        assertThat(opened.at("cause.family")).isEqualTo("transport");
        assertThat(opened.at("cause.subCause")).isEqualTo("connection_refused");
        assertThat(opened.at("cause.locus")).isEqualTo("target");
        assertThat(opened.instant("startedAt")).isBefore(opened.instant("openedAt"));
        assertThat(ended.id()).isEqualTo(opened.id());
        assertThat(ended.change()).isEqualTo("resolved");
        assertThat(ended.at("reason")).isEqualTo("members_up");
        assertThat(world.events().outages().filter(Event::opened)).hasSize(1);
        assertThat(world.events().health().filter(event -> event.to().equals("down")))
                .filteredOn(event -> event.at("target.instance").equals("checkout-3:8080"))
                .hasSize(1);
    }

    @Test
    void aJobThatDiesPieceByPieceIsOneOutageThatGrowsAndResolvesOnce() {
        world.serve(Map.of("checkout", 5, "node", 10, "cache", 10));
        world.watch();
        List<Exporter> checkout = world.job("checkout");

        checkout.get(0).status(500);
        Event opened = world.events().await("an outage", ofSeconds(20), Event::opened);
        checkout.forEach(Exporter::refuse);
        Event grown = world.events()
                .await(
                        "the whole job",
                        ofSeconds(20),
                        event -> event.ofJob("checkout")
                                && event.at("verdict").equals("job")
                                && event.data().at("/counts/down").asInt() == 5);
        checkout.forEach(Exporter::up);
        Event ended = world.events().await("its end", ofSeconds(20), Event::ended);
        world.awaitObserved(ofSeconds(5));

        assertThat(opened.at("verdict")).isEqualTo("instance");
        assertThat(opened.at("cause.subCause")).isEqualTo("app_error_5xx");
        assertThat(grown.id()).isEqualTo(opened.id());
        assertThat(grown.at("cause.subCause")).isEqualTo("connection_refused");
        assertThat(ended.id()).isEqualTo(opened.id());
        assertThat(world.events().outages().filter(Event::opened)).hasSize(1);
        assertThat(world.events().outages().filter(Event::ended)).hasSize(1);
    }

    @Test
    void aJobThatDiesAtOnceIsAnnouncedOnceAsTheWholeJob() {
        world.serve(Map.of("checkout", 5, "node", 10, "cache", 10));
        world.watch();

        world.job("checkout").forEach(Exporter::hang);
        Event opened = world.events().await("an outage", ofSeconds(20), Event::opened);
        world.job("checkout").forEach(Exporter::up);
        Event ended = world.events().await("its end", ofSeconds(20), Event::ended);
        world.awaitObserved(ofSeconds(5));

        assertThat(opened.at("scope.job")).isEqualTo("checkout");
        assertThat(opened.at("cause.family")).isEqualTo("timeout");
        assertThat(ended.id()).isEqualTo(opened.id());
        assertThat(world.events().outages().filter(Event::opened)).hasSize(1);
    }
}
