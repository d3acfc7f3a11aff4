package dev.tocsin.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: a script that completes commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints a script for bash and zsh that completes the commands and options of tocsin.",
            "It is for a command called tocsin: an alias, a function or a script that starts the jar."
        },
        exitCodeList = {"0:printed", "2:usage"},
        footer = {
            "  alias tocsin='java -jar /opt/tocsin/tocsin.jar'",
            "  source <(tocsin completion)",
            "  tocsin completion > /etc/bash_completion.d/tocsin"
        })
final class CompletionCommand implements Runnable {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        CommandLine root = Objects.requireNonNull(spec).root().commandLine();
        /* Not println: a shell wants line feeds, on every platform. */
        root.getOut().print(AutoComplete.bash(root.getCommandName(), root) + "\n");
    }
}
