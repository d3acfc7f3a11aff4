package dev.tocsin.cli;

import dev.tocsin.config.ConfigLoader;
import dev.tocsin.config.LoadResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check-config}: all mistakes of all files at once. */
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        customSynopsis = "tocsin check-config [-hV] FILE...",
        description = "Tells every mistake of configuration files: FILE:LINE:COL: path: got X, want Y.",
        exitCodeList = {"0:no mistake", "2:mistakes, or usage"},
        footer = {
            "  tocsin check-config conf/tocsin.yaml",
            "  tocsin check-config /etc/tocsin/*.yaml && systemctl restart tocsin"
        })
final class CheckConfigCommand implements Callable<Integer> {
    private final ConfigLoader loader;

    /* Of an own mind about none: picocli would complain of that before a mistyped option. */
    @Parameters(arity = "0..*", paramLabel = "FILE", description = "YAML files")
    List<Path> files = List.of();

    @Spec
    @Nullable
    CommandSpec spec;

    CheckConfigCommand(ConfigLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() {
        CommandLine self = Objects.requireNonNull(spec).commandLine();
        if (files.isEmpty()) {
            throw new ParameterException(self, "got no FILE, want at least one");
        }
        PrintWriter out = self.getOut();
        int wrong = 0;
        for (Path file : files) {
            if (loader.load(file) instanceof LoadResult.Mistakes found) {
                wrong++;
                found.mistakes().forEach(out::println);
            } else {
                out.println(Printable.of(file.toString(), 4096) + ": ok");
            }
        }
        out.flush();
        return wrong == 0 ? 0 : TocsinCommand.USAGE;
    }
}
