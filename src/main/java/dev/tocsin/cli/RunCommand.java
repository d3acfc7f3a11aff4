package dev.tocsin.cli;

import dev.tocsin.config.ConfigLoader;
import dev.tocsin.config.LoadResult;
import dev.tocsin.config.Overrides;
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

/** {@code run}: the monitor. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Watches the servers of a file, or those named here, until it is stopped.",
        exitCodeList = {
            "0:stopped by SIGTERM or Ctrl-C",
            "1:could not go on (data folder locked or not writable)",
            "2:usage or configuration"
        },
        footer = {
            "  tocsin run --prometheus http://10.0.0.1:9090 http://10.0.0.2:9090",
            "  tocsin run -c conf/tocsin.yaml --data /var/lib/tocsin",
            "  tocsin run -c conf/tocsin.yaml -o ndjson --streams health | jq -c .data.to"
        })
final class RunCommand implements Callable<Integer> {
    private final ConfigLoader loader;
    private final Monitor monitor;
    private final Map<String, String> environment;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "YAML file, see conf/tocsin.yaml")
    @Nullable
    Path file;

    @Option(
            names = "--prometheus",
            arity = "1..*",
            paramLabel = "URL",
            description = "Prometheus servers, in place of the sources of the file")
    List<String> prometheus = List.of();

    @Option(names = "--traefik", arity = "1..*", paramLabel = "URL", description = "not in this version")
    List<String> traefik = List.of();

    @Mixin
    WatchOptions watch = new WatchOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    RunCommand(ConfigLoader loader, Monitor monitor, Map<String, String> environment) {
        this.loader = loader;
        this.monitor = monitor;
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        CommandLine self = Objects.requireNonNull(spec).commandLine();
        PrintWriter err = self.getErr();
        Optional<String> unbuilt = traefik.isEmpty() ? watch.unbuilt() : Optional.of("--traefik");
        if (unbuilt.isPresent()) {
            err.println(unbuilt.get() + ": not in this version");
            err.flush();
            return TocsinCommand.USAGE;
        }
        if (file == null && prometheus.isEmpty()) {
            throw new ParameterException(self, "got nothing to watch, want -c FILE or --prometheus URL");
        }
        Overrides overrides = new Overrides(List.copyOf(prometheus), watch.data);
        Output output = watch.output(self, environment);
        LoadResult result = file == null ? loader.fromUrls(overrides) : loader.load(file, overrides);
        if (result instanceof LoadResult.Mistakes found) {
            found.mistakes().forEach(err::println);
            err.flush();
            return TocsinCommand.USAGE;
        }
        return monitor.run(((LoadResult.Loaded) result).config(), output, Company.NONE);
    }
}
