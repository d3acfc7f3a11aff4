package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that is cut off from all of its targets, with nobody else to see them. */
final class SiteOutageIT {
    /* Its scrapes fail one after another, and ten must have failed before it is suspect: the jobs wait longer than that
     * takes on a busy machine, as they do with the settings that ship. */
    @RegisterExtension
    final World world = World.of(1, "jobs: [{match: {job: \".*\"}, confirm: {min: 5s, max: 8s}}]");

    @Test
    void everythingBehindOneServerAtOnceIsOneSiteOutageAndNoneOfAJob() {
        world.serve(Map.of("checkout", 5, "node", 10));
        world.watch();

        world.exporters().cut(0, true);
        Event opened = world.events().await("an outage", ofSeconds(30), Event::opened);
        world.exporters().cut(0, false);
        Event ended = world.events().await("its end", ofSeconds(30), Event::ended);
        world.awaitObserved(ofSeconds(5));

        assertThat(opened.scope()).isEqualTo("site");
        assertThat(opened.at("reason")).isEqualTo("everything_behind_source_down");
        assertThat(ended.id()).isEqualTo(opened.id());
        assertThat(world.events().outages()).containsExactly(opened, ended);
    }
}
