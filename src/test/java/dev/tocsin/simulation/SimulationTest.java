package dev.tocsin.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random worlds and faults, one seed each: what is told is true, nothing is lost, and in the end all is well. Many more
 * are played by {@code mvn -Psimulate verify}.
 */
class SimulationTest {
    private static final long SEEDS = Long.getLong("seeds", 1_000);
    private static final long FIRST_SEED = Long.getLong("seed", 1);

    @Test
    @DisplayName("I1, I2, I3, I4, I5, I6, I7, I8, I9, I11: seeds that have found something find it no more")
    void seedsThatFoundSomethingFindItNoMore() throws IOException {
        List<Long> seeds = Files.readAllLines(Path.of("src/test/resources/simulation/regressions.tsv")).stream()
                .filter(line -> Character.isDigit(line.charAt(0)))
                .map(line -> Long.parseLong(line.substring(0, line.indexOf('\t'))))
                .toList();

        assertThat(Simulate.play(seeds.stream().mapToLong(Long::longValue))).isEmpty();
    }

    @Test
    @DisplayName("I1, I2, I3, I4, I5, I6, I7, I8, I9, I11: what is told is true, and in the end all is well")
    void whatIsToldIsTrueAndInTheEndAllIsWell() {
        assertThat(Simulate.play(LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS)))
                .isEmpty();
    }

    @Test
    @DisplayName("I12: the same seed and the same code give the same log")
    void theSameSeedGivesTheSameLog() throws IOException {
        assertThat(LogHashes.elsewhere(1, 20)).hasLineCount(20).isEqualTo(LogHashes.of(1, 20));
    }

    @Test
    void aFailureIsShrunkToTheFaultsThatItNeeds() {
        Simulation.Outcome outcome = Simulation.run(17);
        Simulation.Outcome failed =
                new Simulation.Outcome(17, "I1 (made up): it fails", outcome.second(), 9, 0, 0, outcome.trace());

        Shrunk shrunk = Shrunk.of(
                failed,
                plan -> plan.off().contains(Faults.Kind.KILL)
                        ? outcome
                        : new Simulation.Outcome(
                                17, "I1 (made up): it fails", 9, Math.min(9, plan.steps()), 0, 0, List.of()));

        assertThat(shrunk.plan().off()).hasSize(Faults.Kind.values().length - 1).doesNotContain(Faults.Kind.KILL);
        assertThat(shrunk.plan().skipped()).hasSize(shrunk.plan().steps());
        assertThat(shrunk.plan().steps()).isLessThan(Simulation.STEPS);
    }
}
