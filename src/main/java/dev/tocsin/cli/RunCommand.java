package dev.tocsin.cli;

import dev.tocsin.config.ConfigLoader;
import dev.tocsin.config.TocsinConfig;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    SourceOptions sources = new SourceOptions();

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
        Optional<String> unbuilt = watch.unbuilt();
        if (unbuilt.isPresent()) {
            self.getErr().println(unbuilt.get() + ": not in this version");
            self.getErr().flush();
            return TocsinCommand.USAGE;
        }
        Output output = watch.output(self, environment);
        Optional<TocsinConfig> config = sources.config(self, loader, watch.data, watch.kafka);
        return config.isPresent()
                ? watch.beside(monitor, self.getErr()).run(config.get(), output, Company.NONE)
                : TocsinCommand.USAGE;
    }
}
