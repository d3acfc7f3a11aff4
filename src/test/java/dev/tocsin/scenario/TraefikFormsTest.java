package dev.tocsin.scenario;

import static dev.tocsin.scenario.Lines.mistakes;
import static dev.tocsin.scenario.Lines.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a scenario's file says of Traefiks and their services, and how its mistakes are told. */
class TraefikFormsTest {
    private static final String BALANCED = """
            traefik edge-1, edge-2 cluster eu
            service checkout@file of checkout check every 10s timeout 5s
            service node@file of node in eu port 8080 unchecked
            """;

    @Test
    void aServiceLeadsToTheInstancesOfItsJob() {
        Scenario scenario = read(BALANCED + "at 1m job checkout has 1..2\nsource edge-1 loses job checkout@file");

        JobRef checkout = new JobRef("eu", "checkout");
        JobRef node = new JobRef("eu", "node");
        assertThat(scenario.setting().traefiks()).containsExactlyInAnyOrder("edge-1", "edge-2");
        assertThat(scenario.setting().services())
                .containsEntry(
                        new JobRef("eu", "checkout@file"),
                        new Setting.Service(
                                checkout,
                                Optional.empty(),
                                Optional.of(new Setting.Check(Duration.ofSeconds(10), Duration.ofSeconds(5)))))
                .containsEntry(
                        new JobRef("eu", "node@file"), new Setting.Service(node, Optional.of(8080), Optional.empty()));
        assertThat(scenario.setting()
                        .services()
                        .get(new JobRef("eu", "node@file"))
                        .servers(List.of("10.0.0.7:9100")))
                .containsExactly("10.0.0.7:8080");
        Command.Cut cut = (Command.Cut)
                ((Step.Act) scenario.steps().get(2)).commands().get(0).command();
        assertThat(cut.targets())
                .extracting(TargetRef::toString)
                .containsExactly("checkout@file/checkout-1:9100 in eu", "checkout@file/checkout-2:9100 in eu");
    }

    @Test
    void aHostIsAllThatIsOnItServedOrScraped() {
        Step.Act act = (Step.Act)
                read(BALANCED + "at 1m host 10.0.0.7 refuses").steps().get(1);

        assertThat(((Command.Fail) act.commands().get(0).command()).targets())
                .extracting(TargetRef::toString)
                .containsExactly("node/10.0.0.7:9100 in eu", "node@file/10.0.0.7:8080 in eu");
    }

    @Test
    void whatIsDoneToTraefiksIsReadAsSuch() {
        List<Step> steps = read(BALANCED + """
                        at 1m
                        source edge-1 reloads
                        source edge-1, edge-2 reload every 2s for 5s
                        source edge-2 empties for 2s
                        """).steps();

        List<String> both = List.of("edge-1", "edge-2");
        assertThat(((Step.Act) steps.get(1)).commands())
                .containsExactly(new Step.Timed(Duration.ZERO, new Command.Reload(List.of("edge-1"))));
        assertThat(((Step.Act) steps.get(2)).commands())
                .containsExactly(
                        new Step.Timed(Duration.ZERO, new Command.Reload(both)),
                        new Step.Timed(Duration.ofSeconds(2), new Command.Reload(both)),
                        new Step.Timed(Duration.ofSeconds(4), new Command.Reload(both)));
        assertThat(((Step.Act) steps.get(3)).commands())
                .containsExactly(
                        new Step.Timed(Duration.ZERO, new Command.Empty(List.of("edge-2"))),
                        new Step.Timed(Duration.ofSeconds(2), new Command.Refill(List.of("edge-2"))));
    }

    @Test
    void whatIsToldOfAServiceIsWhatItsTraefiksSee() {
        List<Step> steps =
                read(BALANCED + "at 1m expect target checkout@file/1 up").steps();

        assertThat(((Expectation.Standing) ((Step.Expect) steps.get(1)).expectation()).subjects())
                .extracting(Subject::toString)
                .containsExactly(
                        "target checkout@file/checkout-1:9100 in eu on edge-1",
                        "target checkout@file/checkout-1:9100 in eu on edge-2");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "source prom-a reloads                   | prom-a | a traefik: edge-1, edge-2",
                "source edge-1 reloads every 1s for 10s  | every 1s | 2s at least",
                "source prom-a empties for 2s            | prom-a | a traefik: edge-1, edge-2",
                "source edge-1 frozen                    | frozen | what can be the matter with a Traefik: refuses, blind",
                "source edge-1 resets checkout           | edge-1 | a Prometheus",
                "source edge-1 drops 3 of checkout       | edge-1 | a Prometheus",
                "source edge-1 loses job checkout        | checkout | a target at which edge-1 would look",
                "job checkout@file has 3 instances       | checkout@file | a job: a service has what its job has",
                "job checkout@file leaves                | checkout@file | a job: a service has what its job has",
                "expect target checkout@file/1 up on prom-a | prom-a | a source that looks at it"
            })
    void aMistakeAboutATraefikIsToldAsOne(String line, String got, String want) {
        assertThat(mistakes(BALANCED + "at 1m " + line)).singleElement().satisfies(told -> assertThat(told)
                .contains(": got " + got + ", want ")
                .contains(want));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "service node@file of node in us check every 5s timeout 2s | node@file | a traefik in us before it",
                "service till of checkout unchecked          | till | a service's name and its provider",
                "service checkout@file of checkout unchecked | checkout@file | another name",
                "service a@file of checkout@file unchecked   | checkout@file | a job: a service has what its job has",
                "service a@file of checkout check every 2s timeout 5s | every 2s timeout 5s | no longer than the interval",
                "service a@file of checkout                  | the end of the line | port, check, unchecked",
                "job a@file has 3 instances                  | a@file | a name without @",
                "scrape checkout@file every 5s timeout 2s    | checkout@file | a job: a service has what its job has",
                "traefik edge-1                              | edge-1 | another name: there is such a source"
            })
    void aMistakeInWhatThereIsOfTraefiksIsToldAsOne(String line, String got, String want) {
        assertThat(mistakes(BALANCED + line)).isNotEmpty().first().satisfies(told -> assertThat(told)
                .contains(": got " + got + ", want ")
                .contains(want));
    }
}
