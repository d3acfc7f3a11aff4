package dev.tocsin.join;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of the ladder whatever the fleet; each seed is one. */
class JoinPropertiesTest {
    private static final List<Mapping> MAPPINGS = List.of(
            new Mapping(Pattern.compile("s0@.*"), Pattern.compile("cart"), Map.of()),
            new Mapping(Pattern.compile("s.*"), Pattern.compile("sea.*"), Map.of("zone", "none")));

    private static final List<Target> ALL_NAMES = LongStream.range(0, 6)
            .boxed()
            .flatMap(n -> Stream.of("s" + n + "@file", "copy" + n + "@file"))
            .map(service -> Fleets.server(Fleets.EDGE, service, "http://x:1"))
            .toList();

    static LongStream seeds() {
        return LongStream.range(1, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void certainMatchesAreOneProcess(long seed) {
        Fleets fleet = new Fleets(seed);
        Map<Member, Set<Integer>> processes = new HashMap<>();
        fleet.targets.forEach(target -> processes
                .computeIfAbsent(Member.of(target), of -> new HashSet<>())
                .add(fleet.processOf.get(target.id())));

        List<Link> links = links(joined(fleet.targets, List.of()));

        assertThat(links).isNotEmpty();
        for (Link link : links) {
            if (link.rung().confidence() == Confidence.CERTAIN) {
                assertThat(link.pairs())
                        .as("seed %d: %s", seed, link)
                        .isNotEmpty()
                        .allSatisfy(pair -> assertThat(processes.get(pair.server()))
                                .containsAnyElementsOf(processes.get(pair.target())));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoIsInferredByHostAloneIsAloneThere(long seed) {
        Fleets fleet = new Fleets(seed);

        for (Link link : links(joined(fleet.targets, List.of()))) {
            if (link.rung() == Rung.HOST) {
                for (Pair pair : link.pairs()) {
                    String host =
                            Address.of(pair.server().instance()).orElseThrow().host();
                    List<Known> there = fleet.targets.stream()
                            .map(Known::of)
                            .filter(known -> !known.probe() && known.address() != null)
                            .filter(known -> known.address().host().equals(host))
                            .toList();
                    assertThat(there.stream()
                                    .filter(Known::server)
                                    .map(Known::address)
                                    .distinct())
                            .as("seed %d: servers on %s", seed, host)
                            .hasSize(1);
                    assertThat(there.stream()
                                    .filter(known -> !known.server())
                                    .map(Known::member)
                                    .distinct())
                            .as("seed %d: targets on %s", seed, host)
                            .hasSize(1);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void loopbackIsJoinedByNobodyButTheOperator(long seed) {
        Fleets fleet = new Fleets(seed);

        for (Link link : links(joined(fleet.targets, MAPPINGS))) {
            if (link.rung() != Rung.MAPPING) {
                assertThat(link.pairs()).as("seed %d: %s", seed, link).noneMatch(pair -> Address.of(
                                pair.server().instance().replaceAll(" \\(.*", ""))
                        .orElseThrow()
                        .loopback());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfArrivalDoesNotMatter(long seed) {
        Fleets fleet = new Fleets(seed);
        List<Target> shuffled = new ArrayList<>(fleet.targets);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(links(joined(shuffled, MAPPINGS)))
                .as("seed %d", seed)
                .isEqualTo(links(joined(fleet.targets, MAPPINGS)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void comingAndGoingLeavesWhatIsThereFromTheStart(long seed) {
        Fleets fleet = new Fleets(seed);
        Random random = new Random(seed);
        Join join = new Join(MAPPINGS);
        Set<Target> present = new HashSet<>();

        for (int step = 0; step < 300; step++) {
            Target target = fleet.targets.get(random.nextInt(fleet.targets.size()));
            if (random.nextInt(3) > 0) {
                join.add(target);
                present.add(target);
            } else {
                join.remove(target);
                present.remove(target);
            }
            join.ofJob(target.job());
            join.ofService(target.job());
        }

        assertThat(links(join, fleet.targets))
                .as("seed %d", seed)
                .isEqualTo(links(joined(List.copyOf(present), MAPPINGS), fleet.targets));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anUnrelatedTargetChangesNoCertainMatch(long seed) {
        Fleets fleet = new Fleets(seed);
        Join join = joined(fleet.targets, MAPPINGS);
        List<Link> before = certain(join);

        join.add(Fleets.scraped(Fleets.PROM, "node", "other", "http://10.9.9.9:9100/metrics"));
        join.add(Fleets.server(Fleets.EDGE, "other@file", "http://10.9.9.8:80"));

        assertThat(certain(join)).as("seed %d", seed).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aJobIsJoinedWithAServiceWhenTheServiceIsWithIt(long seed) {
        Fleets fleet = new Fleets(seed);
        Join join = joined(fleet.targets, MAPPINGS);

        for (String job : jobs(fleet.targets, SourceKind.PROMETHEUS)) {
            assertThat(join.ofJob(job))
                    .as("seed %d: %s", seed, job)
                    .isEqualTo(links(join).stream()
                            .filter(link -> link.job().equals(job))
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aMappedServiceIsJoinedWithNothingElse(long seed) {
        Fleets fleet = new Fleets(seed);

        assertThat(links(joined(fleet.targets, MAPPINGS)))
                .as("seed %d", seed)
                .filteredOn(link -> link.service().startsWith("s"))
                .allMatch(link -> link.rung() == Rung.MAPPING && link.service().equals("s0@file"));
    }

    private static List<Link> certain(Join join) {
        return links(join).stream()
                .filter(link -> link.rung().confidence() == Confidence.CERTAIN)
                .toList();
    }

    private static Join joined(List<Target> targets, List<Mapping> mappings) {
        Join join = new Join(mappings);
        targets.forEach(join::add);
        return join;
    }

    private static List<Link> links(Join join) {
        return links(join, ALL_NAMES);
    }

    private static List<Link> links(Join join, List<Target> of) {
        List<Link> links = new ArrayList<>();
        jobs(of, SourceKind.TRAEFIK).forEach(service -> links.addAll(join.ofService(service)));
        return links;
    }

    private static Set<String> jobs(List<Target> of, SourceKind kind) {
        Set<String> jobs = new TreeSet<>();
        of.stream().filter(target -> target.source().kind() == kind).forEach(target -> jobs.add(target.job()));
        return jobs;
    }
}
