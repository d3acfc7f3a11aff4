package dev.tocsin.cli;

import dev.tocsin.config.Overrides;
import dev.tocsin.health.Named;
import dev.tocsin.health.Stream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of the commands that watch: where events go, and what of them. Confined: its command. */
final class WatchOptions {
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

    @Option(
            names = "--width",
            paramLabel = "COLUMNS",
            description = "wraps text there, 0 not at all (default: the terminal's width)")
    @Nullable
    Integer width;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder of the event log (default: ./data, of demo a temporary one)")
    @Nullable
    Path data;

    @Option(
            names = "--kafka",
            paramLabel = "none|embedded|HOST:PORT,...",
            description = "brokers that events go to as well, or one of our own (default: the file's, or none)")
    @Nullable
    String kafka;

    @Option(names = "--listen", paramLabel = "none", description = "none; others are not in this version")
    String listen = "none";

    /** The option that was asked for and is not built yet. */
    Optional<String> unbuilt() {
        return listen.equals("none") ? Optional.empty() : Optional.of("--listen");
    }

    /** The monitor, with a Kafka of its own beside it where that was asked for. */
    Monitor beside(Monitor monitor, PrintWriter err) {
        return Overrides.EMBEDDED_KAFKA.equals(kafka) ? new EmbeddedKafka(monitor, err) : monitor;
    }

    /** @throws ParameterException the width is none */
    Output output(CommandLine self, Map<String, String> environment) {
        if (width != null && width != Output.UNWRAPPED && (width < Screen.WIDTH_MIN || width > Screen.WIDTH_MAX)) {
            throw new ParameterException(
                    self,
                    "--width: got " + width + ", want " + Screen.WIDTH_MIN + " to " + Screen.WIDTH_MAX
                            + ", or 0 for a line per event");
        }
        return new Output(
                output,
                EnumSet.copyOf(streams),
                Screen.colour(environment),
                width == null ? Screen.width(environment) : width);
    }

    /** A stream's name in lower case. */
    static final class StreamName implements CommandLine.ITypeConverter<Stream> {
        @Override
        public Stream convert(String text) {
            return Named.of(Stream.class, text)
                    .orElseThrow(() -> new CommandLine.TypeConversionException("got \"" + Printable.of(text, 60)
                            + "\", want one of "
                            + Arrays.stream(Stream.values()).map(Stream::text).collect(Collectors.joining(", "))));
        }

        /** All names, for completion. */
        static final class All implements Iterable<String> {
            @Override
            public Iterator<String> iterator() {
                return Arrays.stream(Stream.values()).map(Stream::text).iterator();
            }
        }
    }
}
