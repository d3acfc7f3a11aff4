package dev.tocsin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.outage.Outage;
import org.junit.jupiter.api.Test;

/** What stands goes on standing while a server, or we ourselves, cannot see: darkness ends nothing and opens no job. */
class StandsInTheDarkTest {
    private final World world = new World("a").job("api", 1, 10).job("node", 1, 50);

    @Test
    void aSuspicionOutlivesAMomentOfDarkness() {
        world.pass(60).isolate("a").pass(60);

        world.server("a").refuses = true;
        world.pass(20);
        world.server("a").refuses = false;
        world.pass(120);

        assertThat(world.outages).noneMatch(outage -> outage.scope().kind().equals("job"));
    }

    @Test
    void theOutageBehindASuspectedServerStaysOpenWhenTheServerGoesDark() {
        world.pass(60).isolate("a").pass(60);
        assertThat(world.outages).hasSize(1).allMatch(Outage::open);

        world.server("a").refuses = true;
        world.pass(120);

        assertThat(world.outages)
                .filteredOn(outage -> outage.scope().kind().equals("site"))
                .allMatch(Outage::open);
    }

    @Test
    void whoLeftWhileDownIsStillMissingAfterOurRestart() {
        world.pass(60).down("api", 1, 10).pass(60);
        world.job("api", 1, 0).pass(60);

        world.kill().pass(10).start().pass(60);

        assertThat(world.lastOutage().open()).isTrue();
        assertThat(world.outageIds()).hasSize(1);
    }
}
