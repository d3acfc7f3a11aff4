package dev.tocsin.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bug that we make on purpose is seen. {@link SeededBugs} plays them against more seeds. */
class SeededBugsTest {
    /** So many seeds from the one that a bug's file names; one of them must see it. 0.85^40 is 0.2 %. */
    private static final int TRIED = 40;

    static List<Bug> bugs() throws IOException {
        return BugFile.all();
    }

    static Stream<Bug> bugsWithDirectedTests() throws IOException {
        return bugs().stream().filter(bug -> !bug.directed().isEmpty());
    }

    static Stream<Bug> bugsWithASeed() throws IOException {
        return bugs().stream().filter(bug -> bug.seed() != Bug.NO_SEED);
    }

    @Test
    void everyBugKeepsStepWithTheCode() throws Exception {
        assertThat(bugs()).allSatisfy(bug -> assertThat(bug.mistaken()).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("bugsWithDirectedTests")
    void itsDirectedTestsSeeIt(Bug bug) throws Exception {
        Mutant mutant = Mutant.of(bug);

        for (String test : bug.directed()) {
            assertThat(Directed.failure(mutant, test))
                    .as("%s passes with %s in the code", test, bug)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("bugsWithASeed")
    void itsSeedSeesIt(Bug bug) throws Exception {
        Mutant mutant = Mutant.of(bug);

        String violation = "";
        for (long seed = bug.seed(); violation.isEmpty() && seed < bug.seed() + TRIED; seed++) {
            violation = mutant.violation(seed);
        }

        assertThat(violation)
                .as(
                        "%s is seen by none of %d seeds from %d on; SeededBugs finds the seeds anew",
                        bug, TRIED, bug.seed())
                .isNotEmpty();
    }

    @Test
    void theSeedsThatSeeBugsSeeNothingWithoutThem() throws Exception {
        SortedSet<Long> seeds = new TreeSet<>();
        bugsWithASeed().forEach(bug -> seeds.add(bug.seed()));

        assertThat(seeds).isNotEmpty().allSatisfy(seed -> assertThat(Simulation.violation(seed))
                .as("seed %d", seed)
                .isEmpty());
    }

    @Test
    void theReadmeHasARowForEachBugAndSaysWhenAndHowItWasPlayed() throws Exception {
        List<Bug> bugs = bugs();

        assertThat(BugTable.rows().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        bugs.stream().map(Bug::name).toList());
        for (Bug bug : bugs) {
            String row = BugTable.rows().get(bug.name());
            assertThat(row).contains(bug.breaks());
            bug.directed().forEach(test -> assertThat(row).contains(test.substring(test.lastIndexOf('.') + 1)));
            assertThat(row.contains(" 0.0 % of ") && bug.directed().isEmpty())
                    .as("nobody sees %s", bug)
                    .isFalse();
        }
        assertThat(Files.readString(BugTable.README))
                .containsPattern("Played: 20[0-9]{2}-[0-9]{2}-[0-9]{2}, `mvn -Psimulate verify -Dbugs=true");
    }

    @Test
    void theEighteenOfThePrototypeAreAmongThem() throws Exception {
        assertThat(bugs())
                .extracting(Bug::name)
                .contains(
                        "UNKNOWN_IS_DOWN",
                        "NO_RETRY_AFTER_AMBIGUOUS",
                        "SEQ_RESTARTS",
                        "STATE_BEFORE_ACK",
                        "BLIND_IS_DOWN",
                        "NO_FENCING",
                        "EMPTY_IS_DOWN",
                        "WALL_CLOCK_FRESHNESS",
                        "OUTAGES_FORGOTTEN",
                        "RESOLVE_FROM_BLINDNESS",
                        "NO_FRESHNESS",
                        "COALESCE_OUTAGES",
                        "NO_DEBOUNCE",
                        "NO_SOURCE_GUARD",
                        "ANY_DOWN_WINS",
                        "NO_DATE_CHECK",
                        "NO_EVIDENCE_CONTINUITY",
                        "LATE_RESPONSE_APPLIED");
    }

    @Test
    void aMutantWithoutAnyChangeIsSeenByNobody() throws Exception {
        Bug bug = BugFile.read("NOTHING.bug", """
                breaks: nothing
                sees: nobody
                source: src/main/java/dev/tocsin/outage/Confirmation.java
                seed: 1
                replace: return Math.max(min, Math.round(shrunk));
                with: return Math.max(min, Math.round(shrunk));
                """);
        Mutant mutant = Mutant.of(bug);

        assertThat(LongStream.rangeClosed(1, 3).mapToObj(seed -> violation(mutant, seed)))
                .containsOnly("");
        assertThat(Directed.failure(mutant, "dev.tocsin.outage.RulesTest#confirmationShrinksWithIndependentWitnesses"))
                .isEmpty();
        assertThat(Directed.failure(mutant, "scenario outage/one-of-twenty-refuses"))
                .isEmpty();
    }

    private static String violation(Mutant mutant, long seed) {
        try {
            return mutant.violation(seed);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
