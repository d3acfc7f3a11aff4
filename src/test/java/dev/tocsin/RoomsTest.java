package dev.tocsin;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of imports between rooms, held against the code. */
final class RoomsTest {
    static final Set<String> ROOMS = new TreeSet<>(Set.of(
            "broker",
            "bus",
            "cli",
            "config",
            "correlate",
            "follow",
            "health",
            "join",
            "kafka",
            "log",
            "outage",
            "poll",
            "scenario",
            "sim",
            "source",
            "topic",
            "triage",
            "wire"));

    /** What each room may import, beside itself. */
    static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            entry("broker", Set.of()),
            entry("health", Set.of()),
            entry("scenario", Set.of()),
            entry("topic", Set.of()),
            entry("follow", Set.of("topic")),
            entry("join", Set.of("health")),
            entry("outage", Set.of("health", "join")),
            entry("source", Set.of("health")),
            entry("wire", Set.of("health", "join", "outage")),
            entry("triage", Set.of("health", "join", "outage", "source")),
            entry("config", Set.of("health", "join", "outage", "source")),
            entry("bus", Set.of("health", "outage", "wire")),
            entry("poll", Set.of("health", "source", "config", "bus")),
            entry("correlate", Set.of("health", "outage", "config", "bus")),
            entry("log", Set.of("health", "outage", "wire", "config", "bus")),
            entry("kafka", Set.of("health", "outage", "wire", "config", "bus", "topic")),
            entry("sim", Set.of("health", "outage", "source", "wire", "config", "bus", "scenario")),
            entry("cli", ROOMS));

    private static final String[] PURE = {
        "dev.tocsin.health",
        "dev.tocsin.join",
        "dev.tocsin.outage",
        "dev.tocsin.scenario",
        "dev.tocsin.source",
        "dev.tocsin.triage",
        "dev.tocsin.wire"
    };

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tocsin");

    static Stream<String> rooms() {
        return ROOMS.stream();
    }

    @Test
    void everyPackageIsARoomOrTheWiring() {
        Set<String> found = CODE.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.replaceFirst("^dev\\.tocsin\\.?", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        found.remove("");
        assertThat(found).isEqualTo(ROOMS);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsOnlyWhatTheTableAllows(String room) {
        Set<String> barred = new TreeSet<>(ROOMS);
        barred.removeAll(MAY_IMPORT.get(room));
        barred.remove(room);
        String[] packages = barred.stream().map(name -> "dev.tocsin." + name).toArray(String[]::new);

        noClasses()
                .that(resideInAPackage("dev.tocsin." + room))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages).or(WIRING))
                .allowEmptyShould(true)
                .check(CODE);
    }

    @Test
    void pureRoomsKnowNoEdge() {
        noClasses()
                .that(resideInAnyPackage(PURE))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.vertx..",
                        "io.netty..",
                        "io.micrometer..",
                        "org.apache.kafka..",
                        "org.slf4j..",
                        "java.util.logging..",
                        "java.util.concurrent..",
                        "java.nio.file..",
                        "java.net.http.."))
                .orShould()
                .dependOnClassesThat(
                        isOneOf(Thread.class, ThreadLocal.class, java.util.Timer.class, java.io.File.class))
                .check(CODE);
    }

    @Test
    void configurationKnowsFilesButNoOtherEdge() {
        noClasses()
                .that(resideInAPackage("dev.tocsin.config"))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.vertx..", "io.netty..", "org.slf4j..", "java.util.logging..", "java.util.concurrent.."))
                .orShould()
                .dependOnClassesThat(isOneOf(Thread.class))
                .check(CODE);
    }

    @Test
    void timeComesInAsAnArgument() {
        noClasses()
                .that(resideInAnyPackage(PURE).or(resideInAPackage("dev.tocsin.config")))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Instant.class, "now", Clock.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat(isOneOf(Clock.class))
                .check(CODE);
    }

    @Test
    void onlyTheBusRoomNamesAddresses() {
        noClasses()
                .that(resideInAPackage("dev.tocsin.."))
                .and()
                .resideOutsideOfPackage("dev.tocsin.bus")
                .should()
                .dependOnClassesThat(isOneOf(io.vertx.core.eventbus.MessageCodec.class))
                .check(CODE);
    }

    /* Main and Node: they know the rooms, no room knows them. */
    private static final DescribedPredicate<JavaClass> WIRING = resideInAPackage("dev.tocsin");

    private static DescribedPredicate<JavaClass> isOneOf(Class<?>... classes) {
        return DescribedPredicate.describe("one of " + Arrays.toString(classes), found -> Arrays.stream(classes)
                .anyMatch(one -> found.isEquivalentTo(one)));
    }
}
