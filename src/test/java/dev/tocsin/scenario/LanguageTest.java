package dev.tocsin.scenario;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.FindingKind;
import dev.tocsin.health.Health;
import dev.tocsin.health.Locus;
import dev.tocsin.health.Named;
import dev.tocsin.health.SourceState;
import dev.tocsin.outage.Reason;
import dev.tocsin.outage.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The language stands alone, its words are those of the records, and its page says what it takes. */
class LanguageTest {
    private static final Path PAGE = Path.of("src/test/resources/scenarios/README.md");

    @Test
    void theLanguageKnowsNothingButItself() {
        classes()
                .that(DescribedPredicate.not(simpleNameEndingWith("Test")))
                .and()
                .haveNameNotMatching(".*Test\\$.*")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.tocsin.scenario", "java..", "org.jspecify.annotations")
                .check(new ClassFileImporter().importPackages("dev.tocsin.scenario"));
    }

    @Test
    void itsClosedVocabulariesAreThoseOfTheRecords() {
        assertThat(Words.VERDICTS).isEqualTo(words(Verdict.values()));
        assertThat(Words.REASONS).isEqualTo(words(Reason.values()));
        assertThat(Words.FINDINGS).isEqualTo(words(FindingKind.values()));
        assertThat(Words.FAMILIES).isEqualTo(words(CauseFamily.values()));
        assertThat(Words.LOCI).isEqualTo(words(Locus.values()));
        assertThat(Words.STATES).isEqualTo(words(SourceState.values()));
        assertThat(Words.WHYS.subList(0, Words.WHYS.size() - 1))
                .isEqualTo(Stream.of(Health.UnknownWhy.values(), Health.GoneWhy.values(), SourceState.Why.values())
                        .flatMap(values -> words(values).stream())
                        .toList());
    }

    private static List<String> words(Named... values) {
        return Arrays.stream(values).map(Named::text).toList();
    }

    @Test
    void itsPageHasEveryFormInOrderAndNoOther() throws IOException {
        assertThat(firstCells("### Lines")).isEqualTo(ScenarioReader.patterns());
    }

    @Test
    void itsPageHasEveryFactAndEverySickness() throws IOException {
        assertThat(firstCells("### Facts"))
                .isEqualTo(Arrays.stream(Fact.values()).map(Fact::word).toList());
        assertThat(firstCells("### What can be the matter with a source"))
                .isEqualTo(Arrays.stream(Sickness.values()).map(Sickness::word).toList());
    }

    @Test
    void theStoryOfItsPageIsRead() throws IOException {
        String story = Files.readString(PAGE).split("```\n")[1];

        assertThat(ScenarioReader.read("README.md", story).mistakes()).isEmpty();
    }

    /* The words in backquotes with which the rows of the tables under a heading begin. */
    private static List<String> firstCells(String heading) throws IOException {
        String page = Files.readString(PAGE);
        String part = page.substring(page.indexOf(heading + "\n") + heading.length());
        int next = part.indexOf("\n#");
        return Pattern.compile("(?m)^\\| `([^`]+)` \\|")
                .matcher(next < 0 ? part : part.substring(0, next))
                .results()
                .map((MatchResult row) -> row.group(1).replace("\\|", "|"))
                .toList();
    }
}
