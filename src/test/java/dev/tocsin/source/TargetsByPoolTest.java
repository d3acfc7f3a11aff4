package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tocsin.health.Observation;
import dev.tocsin.health.SourceState.Why;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules that hold over a whole list hold over all its pools. */
final class TargetsByPoolTest {
    private static final List<String> POOLS = List.of("a", "b", "c");

    private final PrometheusTargets targets = Fixtures.targets();

    @Test
    void theListIsThatOfAllPools() throws AnswerRefused {
        List<Observation> byPool = round(targets, 4);
        List<Observation> atOnce = Fixtures.decode(
                targets.decoder(),
                bytes(POOLS.stream().map(pool -> pool(pool, 4)).collect(Collectors.joining(","))));

        assertThat(byPool).containsExactlyElementsOf(atOnce).hasSize(12);
    }

    @Test
    void anUnchangedTargetIsTheSameObjectInTheNextRound() throws AnswerRefused {
        Set<Object> seen = java.util.Collections.newSetFromMap(new IdentityHashMap<>());

        for (int round = 0; round < 5; round++) {
            round(targets, 1_000).forEach(observation -> seen.add(observation.target()));
        }

        assertThat(seen).hasSize(3_000);
        assertThat(targets.targetsKnown()).isEqualTo(3_000);
    }

    @Test
    void poolsThatComeAndGoDoNotPileUp() throws AnswerRefused {
        for (int round = 0; round < 20; round++) {
            TargetsByPool walk = targets.byPool();
            for (int pool = 0; pool < 3; pool++) {
                String name = "pool-" + round + "-" + pool;
                Fixtures.decode(walk.decoder(name), bytes(pool(name, 1_000)));
            }
            assertThat(walk.finish()).hasSize(3_000);
        }

        assertThat(targets.targetsKnown()).isLessThan(4 * 3_000);
    }

    @Test
    void roundsThatAreGivenUpDoNotPileUp() throws AnswerRefused {
        for (int round = 0; round < 20; round++) {
            Fixtures.decode(targets.byPool().decoder("pool-" + round), bytes(pool("pool-" + round, 1_000)));
        }

        assertThat(targets.targetsKnown()).isLessThan(4 * 1_000);
        assertThat(targets.targetsRefused()).isZero();
    }

    @Test
    void theLimitOfTargetsHoldsOverAllPools() throws AnswerRefused {
        PrometheusTargets few = new PrometheusTargets(Fixtures.PROM, Map.of(), new SourceLimits(1 << 20, 10, 4 << 10));
        TargetsByPool walk = few.byPool();
        Fixtures.decode(walk.decoder("a"), bytes(pool("a", 6)));

        AnswerRefused refused = catchThrowableOfType(
                AnswerRefused.class, () -> Fixtures.decode(walk.decoder("b"), bytes(pool("b", 5))));

        assertThat(refused.why()).isEqualTo(Why.LIMIT);
        assertThat(refused).hasMessage("more than 10 targets");
    }

    @Test
    void aBadTargetOfASmallPoolIsOneOfAll() throws AnswerRefused {
        TargetsByPool walk = targets.byPool();

        Fixtures.decode(walk.decoder("a"), bytes("17"));
        Fixtures.decode(walk.decoder("b"), bytes(pool("b", 99)));

        assertThat(walk.finish()).hasSize(99);
        assertThat(targets.targetsRefused()).isEqualTo(1);
    }

    @Test
    void tooManyBadTargetsRefuseTheWholeList() throws AnswerRefused {
        TargetsByPool walk = targets.byPool();
        Fixtures.decode(walk.decoder("a"), bytes("17"));
        Fixtures.decode(walk.decoder("b"), bytes(pool("b", 98)));

        AnswerRefused refused = catchThrowableOfType(AnswerRefused.class, walk::finish);

        assertThat(refused.why()).isEqualTo(Why.MALFORMED);
        assertThat(refused).hasMessageContaining("1 of 99 targets are unreadable");
    }

    @Test
    void aPoolOfOverlongTargetsIsNoReasonToRefuseTheOthers() throws AnswerRefused {
        TargetsByPool walk = targets.byPool();

        Fixtures.decode(walk.decoder("a"), bytes(pool("a", 2).replace("/metrics", "/" + "m".repeat(9_000))));
        Fixtures.decode(walk.decoder("b"), bytes(pool("b", 3)));

        assertThat(walk.finish()).hasSize(3);
    }

    @Test
    void anAnswerWithTargetsOfOtherPoolsShowsThatTheFilterIsIgnored() throws AnswerRefused {
        TargetsByPool walk = targets.byPool();

        Fixtures.decode(walk.decoder("a"), bytes(pool("a", 2)));
        assertThat(walk.filterIgnored()).isFalse();
        Fixtures.decode(walk.decoder("b"), bytes(pool("b", 2) + "," + pool("c", 2)));
        assertThat(walk.filterIgnored()).isTrue();
    }

    private static List<Observation> round(PrometheusTargets targets, int perPool) throws AnswerRefused {
        TargetsByPool walk = targets.byPool();
        for (String pool : POOLS) {
            Fixtures.decode(walk.decoder(pool), bytes(pool(pool, perPool)));
        }
        return new ArrayList<>(walk.finish());
    }

    private static String pool(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ("{'labels':{'instance':'h" + i + "'},'scrapePool':'" + name + "','scrapeUrl':'http://h"
                                + i + "/metrics','health':'up','lastError':''}")
                        .replace('\'', '"'))
                .collect(Collectors.joining(","));
    }

    private static byte[] bytes(String list) {
        return ("{\"status\":\"success\",\"data\":{\"activeTargets\":[" + list + "]}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
