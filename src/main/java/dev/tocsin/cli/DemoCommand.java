package dev.tocsin.cli;

import dev.tocsin.bus.Clock;
import dev.tocsin.config.Overrides;
import dev.tocsin.config.TocsinConfig;
import dev.tocsin.scenario.Mistake;
import dev.tocsin.scenario.Scenario;
import dev.tocsin.sim.RunningFleet;
import dev.tocsin.sim.StoryConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: the monitor on a simulated fleet that fails as a story says. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Watches a simulated fleet on 127.0.0.1 that fails by a script, for a minute.",
        exitCodeList = {
            "0:the story was told as it expects, or Ctrl-C",
            "1:it was not, or the monitor could not go on",
            "2:usage, or mistakes in the story"
        },
        footer = {
            "  tocsin demo",
            "  tocsin demo --speed 5 -o ndjson --streams outages | jq -c .data.reason",
            "  tocsin demo --scenario my.scenario --speed 10"
        })
final class DemoCommand implements Callable<Integer> {
    private static final int SPEED_MAX = 20;
    private static final int NOT_AS_EXPECTED = 1;

    private final Monitor monitor;
    private final Map<String, String> environment;

    @Mixin
    WatchOptions watch = new WatchOptions();

    @Option(names = "--scenario", paramLabel = "FILE", description = "plays this story instead of the built-in one")
    @Nullable
    Path scenario;

    @Option(names = "--speed", paramLabel = "N", description = "N times as fast, 1 to 20 (default: 1)")
    int speed = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "of all that is random: when targets are scraped, the order of lists (default: 1)")
    long seed = 1;

    @Spec
    @Nullable
    CommandSpec spec;

    DemoCommand(Monitor monitor, Map<String, String> environment) {
        this.monitor = monitor;
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        CommandLine self = Objects.requireNonNull(spec).commandLine();
        Optional<String> unbuilt = watch.unbuilt();
        if (unbuilt.isPresent()) {
            return refuse(self, List.of(unbuilt.get() + ": not in this version"));
        }
        if (watch.kafka != null
                && !watch.kafka.equals(Overrides.NO_KAFKA)
                && !watch.kafka.equals(Overrides.EMBEDDED_KAFKA)) {
            throw new ParameterException(
                    self,
                    "--kafka: got \"" + watch.kafka + "\", want none or embedded: a demo's world is its own, and would"
                            + " not be told from another's in one topic");
        }
        if (speed < 1 || speed > SPEED_MAX) {
            throw new ParameterException(
                    self,
                    "--speed: got " + speed + ", want 1 to " + SPEED_MAX
                            + ": beyond it an answer is late before it can be sent");
        }
        Output output = watch.output(self, environment);
        StoryFile story = StoryFile.read(scenario);
        if (story.scenario().isEmpty()) {
            return refuse(self, story.mistakes().stream().map(Mistake::toString).toList());
        }
        return play(story.scenario().get(), output, self.getErr());
    }

    private static int refuse(CommandLine self, List<String> why) {
        why.forEach(self.getErr()::println);
        self.getErr().flush();
        return TocsinCommand.USAGE;
    }

    private int play(Scenario story, Output output, PrintWriter err) throws Exception {
        Clock clock = Clock.system(speed);
        try (DemoFolder folder = DemoFolder.of(watch.data);
                RunningFleet fleet = RunningFleet.start(story.setting(), seed, clock)) {
            say(err, Printable.of(story.title(), 400));
            fleet.urls().forEach((name, url) -> say(err, Printable.of(name, 100) + " is " + url));
            say(err, folder.told());
            TocsinConfig config = StoryConfig.of(story.setting(), fleet.urls(), folder.path());
            Play play = new Play(story, fleet, clock, line -> say(err, Printable.of(line, 400)));
            int status = watch.beside(monitor, err).run(config, output, play);
            return status == 0 ? ended(play, err) : status;
        } catch (IOException e) {
            say(err, "cannot be played: " + e.getMessage());
            return NOT_AS_EXPECTED;
        }
    }

    private int ended(Play play, PrintWriter err) throws Exception {
        Play.Ending ending = play.ending();
        if (ending instanceof Play.Ending.Broke broke) {
            throw broke.why() instanceof IOException refused
                    ? refused
                    : new IllegalStateException("the story broke", broke.why());
        }
        say(err, ending instanceof Play.Ending.Left ? "the story was left before its end" : "the story is over");
        play.numbers().forEach(line -> say(err, line));
        if (ending instanceof Play.Ending.NotAsExpected not) {
            say(err, "it was not told as the story expects:");
            not.failure().toString().lines().forEach(line -> say(err, Printable.of(line, 2_000)));
            if (speed > 1) {
                say(err, "at that speed an answer has a " + speed + "th of its time: a busy machine needs a lower one");
            }
            return NOT_AS_EXPECTED;
        } else if (ending instanceof Play.Ending.AsExpected) {
            say(err, "it was told as the story expects, and nothing else was");
        }
        return 0;
    }

    private static void say(PrintWriter err, String line) {
        err.println("demo: " + line);
        err.flush();
    }
}
