package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The long form of {@link KafkaCrashIT} and {@link BrokerKillsIT}, all in one story, and its figures: profile {@code soak}.
 * {@code -Dtocsin.seed=...} plays it again.
 */
final class Soak {
    private static final int FLAPPING = 60;
    private static final Duration LIFE_MAX = Duration.ofSeconds(9);
    private static final Duration BROKER_AWAY_MAX = Duration.ofSeconds(4);

    private final int kills = Integer.parseInt(System.getProperty("soak.kills"));
    private final int brokerKills = Integer.parseInt(System.getProperty("soak.broker.kills"));
    private final Duration away = Duration.ofSeconds(Long.parseLong(System.getProperty("soak.away.seconds")));
    private final RealKafka kafka = new RealKafka();

    @RegisterExtension
    final World world = World.of(1).with("kafka: {bootstrap: \"" + kafka.bootstrap() + "\", partitions: 3}");

    private final Random random = Seed.of(Soak.class);
    private final Witness witness = Witness.at(kafka.bootstrap());
    private final Reaper reaper = new Reaper(world, kafka, random);
    private final Instant began = Instant.now();
    private int killed;
    private int brokerKilled;

    @Test
    void nothingIsLostOrToldTwice() {
        world.endsWith(kafka).start();
        Load.on(world, random, FLAPPING).during(() -> {
            world.tocsin().start();
            while (killed < kills || brokerKilled < brokerKills) {
                if (brokerKilled * kills <= killed * brokerKills && brokerKilled < brokerKills) {
                    killBroker();
                } else {
                    killMonitor();
                }
            }
        });
        try {
            world.awaitLogSays(Map.of());
            witness.awaitTopicsSayWhatIsIn(world.tocsin().log());
        } finally {
            tell(witness.account(world.tocsin().log()));
        }
        assertThat(witness.account(world.tocsin().log()).mistakes()).isEmpty();
    }

    private void killMonitor() {
        reaper.killMonitor(LIFE_MAX);
        killed++;
        if (killed % 10 == 0) {
            progress();
        }
    }

    /* The one in the middle is the long one; the monitor is killed in it too, and in every other of the short ones. */
    private void killBroker() {
        brokerKilled++;
        boolean longOne = brokerKilled == (brokerKills + 1) / 2;
        reaper.monitorRunsFor(reaper.randomWithin(LIFE_MAX));
        reaper.killBroker(longOne ? this::longAway : this::shortAway);
        progress();
    }

    private void longAway() {
        Instant back = Instant.now().plus(away);
        reaper.monitorRunsFor(away.dividedBy(2));
        while (killed < kills && Instant.now().plus(LIFE_MAX).isBefore(back)) {
            killMonitor();
        }
        reaper.monitorRunsFor(Duration.between(Instant.now(), back.plusSeconds(1)));
    }

    private void shortAway() {
        reaper.monitorRunsFor(reaper.randomWithin(BROKER_AWAY_MAX));
        if (brokerKilled % 2 == 0 && killed < kills) {
            killMonitor();
        }
    }

    private void progress() {
        say(
                "%d of %d kills of the monitor, %d of %d of the broker; the topics took %s records",
                killed, kills, brokerKilled, brokerKills, taken());
    }

    private String taken() {
        return kafka.runs() ? Long.toString(witness.taken()) : "no";
    }

    private void tell(Account account) {
        say(
                "%d kills of the monitor, %d of the broker, %d s without Kafka; %d records of %d starts, %d outages",
                killed, brokerKilled, away.toSeconds(), account.records(), account.starts(), account.opened());
        say("| lost | duplicated | out of order | double opens | lost resolves | longest stall |");
        say("| ---- | ---------- | ------------ | ------------ | ------------- | ------------- |");
        say(
                "| %4d | %10d | %12d | %12d | %13d | %11.1f s |",
                account.lost().size(),
                account.duplicated().size(),
                account.outOfOrder().size(),
                account.doubleOpens().size(),
                account.lostResolves().size(),
                reaper.longestStall().toMillis() / 1e3);
        List<String> mistakes = account.mistakes();
        mistakes.stream().limit(50).forEach(mistake -> say("%s", mistake));
    }

    private void say(String format, Object... facts) {
        long seconds = Duration.between(began, Instant.now()).toSeconds();
        System.out.printf("soak %2d:%02d  %s%n", seconds / 60, seconds % 60, format.formatted(facts));
    }
}
