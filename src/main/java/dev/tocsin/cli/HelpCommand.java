package dev.tocsin.cli;

import dev.tocsin.config.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code help}: the help of a command. Unlike picocli's own it takes no mistake for a question. */
@Command(
        name = "help",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints the help of a command, or of tocsin.",
        exitCodeList = {"0:printed", "2:no such command, or usage"},
        footer = {"  tocsin help run", "  tocsin help classify"})
final class HelpCommand implements Runnable {
    @Spec
    @Nullable
    CommandSpec spec;

    /** Adds it to the commands that it tells of. */
    static void addTo(CommandLine program) {
        CommandLine help = new CommandLine(new HelpCommand());
        List<String> names = names(program);
        help.getCommandSpec()
                .addPositional(PositionalParamSpec.builder()
                        .type(String.class)
                        .arity("0..1")
                        .paramLabel("COMMAND")
                        .completionCandidates(names)
                        .description("one of " + String.join(", ", names))
                        .build());
        program.addSubcommand(help);
    }

    /** The names of the commands that are built. */
    static List<String> names(CommandLine program) {
        return program.getSubcommands().entrySet().stream()
                .filter(command ->
                        !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void run() {
        CommandSpec self = Objects.requireNonNull(spec);
        CommandLine program = self.root().commandLine();
        String name = self.positionalParameters().get(0).getValue();
        CommandLine asked = name == null ? program : program.getSubcommands().get(name);
        if (asked == null) {
            String meant = Nearest.to(String.valueOf(name), names(program))
                    .map(near -> " (did you mean " + near + "?)")
                    .orElse("");
            throw new ParameterException(
                    self.commandLine(),
                    "got \"" + name + "\"" + meant + ", want one of " + String.join(", ", names(program)));
        }
        asked.usage(self.commandLine().getOut());
    }
}
