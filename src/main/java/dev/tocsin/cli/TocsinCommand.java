package dev.tocsin.cli;

import dev.tocsin.config.ConfigLoader;
import dev.tocsin.source.ScrapeErrors;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program's command line. Exit status: 2 for a mistake of the user, 70 for a bug of ours. */
@Command(
        name = "tocsin",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Watches many Prometheus servers and tells job-wide outages from single failures.",
            "Events and results go to stdout, logs and progress to stderr."
        },
        exitCodeList = {"2:usage or configuration", "70:a bug of ours", "others:as the command says"},
        footer = {"  tocsin run --prometheus http://127.0.0.1:9090", "  tocsin help run"})
public final class TocsinCommand implements Runnable {
    static final int USAGE = 2;
    static final int BUG = 70; // EX_SOFTWARE of sysexits.h: never to be taken for "something is down"

    @Spec
    @Nullable
    CommandSpec spec;

    private TocsinCommand() {}

    /**
     * The command line, ready to {@code execute}.
     *
     * @param stopping for commands other than the monitor's
     * @param environment for {@code NO_COLOR}
     */
    public static CommandLine commandLine(
            ConfigLoader loader, Monitor monitor, Stopping stopping, Map<String, String> environment) {
        CommandLine line = new CommandLine(new TocsinCommand());
        line.addSubcommand(new RunCommand(loader, monitor, environment));
        line.addSubcommand(new DemoCommand(monitor, environment));
        line.addSubcommand(new TriageCommand(loader));
        line.addSubcommand(new FollowCommand(loader, stopping, environment));
        line.addSubcommand(new CheckConfigCommand(loader));
        line.addSubcommand(new ClassifyCommand(ScrapeErrors::load, System.in));
        line.addSubcommand(new SchemaCommand());
        line.addSubcommand(new CompletionCommand());
        if (environment.containsKey("NO_COLOR")
                && !environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        }
        HelpCommand.addTo(line);
        HelpLook.dress(line);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(new UsageMistake());
        line.setExecutionExceptionHandler((bug, command, parsed) -> {
            LoggerFactory.getLogger(TocsinCommand.class).atError().setCause(bug).log("a bug of Tocsin");
            return BUG;
        });
        return line;
    }

    @Override
    public void run() {
        CommandLine self = Objects.requireNonNull(spec).commandLine();
        throw new ParameterException(self, "got no command, want one of " + String.join(", ", HelpCommand.names(self)));
    }
}
