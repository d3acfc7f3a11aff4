package dev.tocsin.cli;

import dev.tocsin.config.ConfigLoader;
import dev.tocsin.config.LoadResult;
import dev.tocsin.config.Overrides;
import dev.tocsin.health.Named;
import dev.tocsin.health.Stream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|ndjson|none",
            completionCandidates = Output.Names.class,
            description = "how events are written to stdout (default: text)")
    Output.Form output = Output.Form.TEXT;

    @Option(
            names = "--streams",
            split = ",",
            paramLabel = "NAME",
            converter = StreamName.class,
            completionCandidates = StreamName.All.class,
            description = "outages, findings, health, watermarks (default: outages,findings)")
    List<Stream> streams = List.of(Stream.OUTAGES, Stream.FINDINGS);

    @Option(names = "--data", paramLabel = "DIR", description = "folder of the event log (default: ./data)")
    @Nullable
    Path data;

    @Option(names = "--kafka", paramLabel = "none", description = "none; others are not in this version")
    String kafka = "none";

    @Option(names = "--listen", paramLabel = "none", description = "none; others are not in this version")
    String listen = "none";

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
        if (!traefik.isEmpty() || !kafka.equals("none") || !listen.equals("none")) {
            String option = !traefik.isEmpty() ? "--traefik" : !kafka.equals("none") ? "--kafka" : "--listen";
            err.println(option + ": not in this version");
            err.flush();
            return TocsinCommand.USAGE;
        }
        if (file == null && prometheus.isEmpty()) {
            throw new ParameterException(self, "got nothing to watch, want -c FILE or --prometheus URL");
        }
        Overrides overrides = new Overrides(List.copyOf(prometheus), data);
        LoadResult result = file == null ? loader.fromUrls(overrides) : loader.load(file, overrides);
        if (result instanceof LoadResult.Mistakes found) {
            found.mistakes().forEach(err::println);
            err.flush();
            return TocsinCommand.USAGE;
        }
        return monitor.run(
                ((LoadResult.Loaded) result).config(), new Output(output, EnumSet.copyOf(streams), colour()));
    }

    private boolean colour() {
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return wanted && stdoutIsTerminal();
    }

    /* Since JDK 22 there is a console also without a terminal, and before it wants stdin to be one as well; so the
     * kernel is asked where there is one to ask. */
    private static boolean stdoutIsTerminal() {
        Path stdout = Path.of("/proc/self/fd/1");
        try {
            String target = Files.readSymbolicLink(stdout).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return Runtime.version().feature() < 22 && System.console() != null;
        }
    }

    /** A stream's name in lower case. */
    static final class StreamName implements CommandLine.ITypeConverter<Stream> {
        @Override
        public Stream convert(String text) {
            return Named.of(Stream.class, text)
                    .orElseThrow(() -> new CommandLine.TypeConversionException(
                            "got \"" + Printable.of(text, 60) + "\", want one of " + String.join(", ", new All())));
        }

        /** All of them, for completion. */
        static final class All implements Iterable<String> {
            @Override
            public Iterator<String> iterator() {
                return Arrays.stream(Stream.values()).map(Stream::text).iterator();
            }
        }
    }
}
