package dev.tocsin.bugs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is shipped has no bug that was made on purpose, no switch for one, and nothing of the simulation. */
class ShippedTest {
    private static final Path SHIPPED = Path.of("target/classes");

    @Test
    void noBugAndNothingOfTheSimulationIsAmongWhatIsShipped() throws IOException {
        try (Stream<Path> files = Files.walk(SHIPPED)) {
            assertThat(files.map(SHIPPED::relativize).map(Path::toString))
                    .anyMatch(path -> path.equals("dev/tocsin/Main.class"))
                    .noneMatch(path -> path.endsWith(".bug"))
                    .noneMatch(path -> path.matches("dev/tocsin/(bugs|simulation)/.*"));
        }
    }

    @Test
    void nothingShippedKnowsTheCompilerOrThePackagesOfTheTests() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "javax.tools..", "dev.tocsin.bugs..", "dev.tocsin.simulation..", "org.junit.."))
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.tocsin"));
    }
}
