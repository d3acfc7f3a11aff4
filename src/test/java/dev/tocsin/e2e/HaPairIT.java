package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two servers of one cluster, that see the same instances. */
final class HaPairIT {
    @RegisterExtension
    final World world = World.of(2);

    @Test
    void aTwinThatIsCutOffFromTheTargetsIsAFindingAndNoOutage() {
        world.serve(Map.of("checkout", 5, "node", 8));
        world.watch();

        world.exporters().cut(0, true);
        world.events()
                .await(
                        "prom-a is cut off",
                        ofSeconds(40),
                        event -> event.finding()
                                && event.at("kind").equals("vantages_disagree")
                                && event.at("subject.source").equals("prom-a"));
        world.exporters().cut(0, false);
        world.awaitObserved(ofSeconds(5));

        assertThat(world.events().outages()).extracting(Event::brief).isEmpty();
    }

    @Test
    void aJobThatOneTwinAloneSeesDownIsAFindingAndNoOutage() {
        world.serve(Map.of("checkout", 5, "node", 20));
        world.watch();

        world.job("checkout").forEach(exporter -> exporter.cut(0, true));
        Event finding = world.events()
                .await(
                        "vantages_disagree",
                        ofSeconds(40),
                        event -> event.finding() && event.at("kind").equals("vantages_disagree"));
        world.job("checkout").forEach(exporter -> exporter.cut(0, false));
        world.events()
                .await(
                        "it clears",
                        ofSeconds(60),
                        event -> event.finding()
                                && event.key().equals(finding.key())
                                && event.at("state").equals("cleared"));

        assertThat(finding.at("state")).isEqualTo("open");
        assertThat(world.events().outages()).extracting(Event::brief).isEmpty();
    }

    @Test
    void aJobThatBothTwinsSeeDownIsOneOutage() {
        world.serve(Map.of("checkout", 5, "node", 20));
        world.watch();

        world.job("checkout").forEach(Exporter::refuse);
        Event opened = world.events().await("an outage", ofSeconds(20), Event::opened);
        world.job("checkout").forEach(Exporter::up);
        Event ended = world.events().await("its end", ofSeconds(20), Event::ended);
        world.awaitObserved(ofSeconds(5));

        assertThat(opened.texts("vantages.sighted")).containsExactly("prom-a", "prom-b");
        assertThat(opened.data().at("/counts/expected").asInt()).isEqualTo(5);
        assertThat(ended.id()).isEqualTo(opened.id());
        assertThat(world.events().outages().filter(Event::opened)).hasSize(1);
    }

    @Test
    void bothTwinsAwayAreOneSiteOutageAndTheLastOneAwayGetsItsOwn() {
        world.serve(Map.of("checkout", 5, "node", 8));
        world.watch();
        int mark = world.events().mark();

        RealPrometheus.kill(world.server(), world.twin());
        Event site = world.events().await("a site outage", ofSeconds(40), Event::opened);
        world.server().start();
        Event siteEnded = world.events().await("its end", ofSeconds(40), Event::ended);
        Event last = world.events()
                .await(
                        "one of prom-b",
                        ofSeconds(20),
                        event -> event.opened() && event.at("scope.source").equals("prom-b"));
        world.twin().start().awaitAllUp(13);
        Event lastEnded = world.events()
                .await(
                        "its end too",
                        ofSeconds(40),
                        event -> event.ended() && event.id().equals(last.id()));
        world.awaitObserved(ofSeconds(5));

        assertThat(site.scope()).isEqualTo("site");
        assertThat(site.at("reason")).isEqualTo("cluster_dark");
        assertThat(siteEnded.id()).isEqualTo(site.id());
        assertThat(siteEnded.at("reason")).isEqualTo("site_ended");
        assertThat(lastEnded.at("reason")).isEqualTo("source_ready");
        assertThat(world.events().since(mark)).containsExactly(site, siteEnded, last, lastEnded);
    }
}
