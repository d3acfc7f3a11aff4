package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One backend behind a real Prometheus and a Traefik, which may see it differently. All of it is on loopback: mapped. */
final class JoinIT {
    private static final String SHOP = "shop@file";
    private final Balancer balancer = new Balancer();

    @RegisterExtension
    final World world =
            World.of(1).withTraefik("edge-1", balancer.url()).with("join: [{service: \"shop@.*\", job: checkout}]");

    @AfterEach
    void close() {
        balancer.close();
    }

    @Test
    void aDeadExporterOfAHealthyServiceIsNoOutageForUsersUntilTheServiceIsOut() {
        world.serve(Map.of("checkout", 4, "node", 6));
        List<String> addresses = world.job("checkout").stream()
                .map(exporter -> exporter.address(0))
                .toList();
        balancer.serve(SHOP, addresses);
        balancer.serve("search@file", List.of("127.0.0.1:1", "127.0.0.1:2"));
        world.tocsin().start();
        Awaitility.await("both views of all")
                .atMost(ofSeconds(60))
                .until(() ->
                        world.health().values().stream().filter("up"::equals).count() == 10 + 6);

        world.job("checkout").forEach(Exporter::refuse);
        Event notScraped = world.events()
                .await(
                        "what users feel",
                        ofSeconds(40),
                        event -> event.ofJob("checkout") && event.at("impact").equals("observability"));
        balancer.health(SHOP, false);
        Event bothDown = world.events()
                .await(
                        "that users feel it",
                        ofSeconds(40),
                        event -> event.ofJob("checkout") && event.at("impact").equals("users"));
        Event service = world.events().await("the service's own", ofSeconds(40), event -> event.ofJob(SHOP));
        balancer.health(SHOP, true);
        world.job("checkout").forEach(Exporter::up);
        world.events().await("its end", ofSeconds(40), event -> event.ofJob("checkout") && event.ended());
        world.events().await("the service's end", ofSeconds(60), event -> event.ofJob(SHOP) && event.ended());

        assertThat(notScraped.at("join.0.job.job")).isEqualTo(SHOP);
        assertThat(notScraped.at("join.0.rung")).isEqualTo("mapping");
        assertThat(notScraped.at("join.0.notScraped")).isEqualTo("4");
        assertThat(bothDown.at("reason")).isEqualTo("impact_changed");
        assertThat(bothDown.id()).isEqualTo(notScraped.id());
        assertThat(bothDown.at("join.0.bothDown")).isEqualTo("4");
        assertThat(service.at("impact")).isEqualTo("users");
        assertThat(world.events().outages().filter(event -> event.ofJob("search@file")))
                .isEmpty();
    }
}
