package dev.tocsin.cli;

import dev.tocsin.config.ConfigLoader;
import dev.tocsin.config.LoadResult;
import dev.tocsin.config.Overrides;
import dev.tocsin.config.TocsinConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say which servers are asked. Confined: its command. */
final class SourceOptions {
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

    @Option(
            names = "--traefik",
            arity = "1..*",
            paramLabel = "URL",
            description = "APIs of Traefik instances, in place of the sources of the file")
    List<String> traefik = List.of();

    /**
     * The configuration that they make; empty when there is none, and stderr says why.
     *
     * @param data folder of the log in place of the file's; null leaves that
     * @param kafka brokers in place of the file's, or the word that asks for a Kafka of our own; null leaves the file's
     * @throws ParameterException no server is named
     */
    Optional<TocsinConfig> config(CommandLine self, ConfigLoader loader, @Nullable Path data, @Nullable String kafka) {
        PrintWriter err = self.getErr();
        if (file == null && prometheus.isEmpty() && traefik.isEmpty()) {
            throw new ParameterException(self, "got no server, want -c FILE, --prometheus URL or --traefik URL");
        }
        Overrides overrides = new Overrides(List.copyOf(prometheus), List.copyOf(traefik), data, kafka);
        LoadResult result = file == null ? loader.fromUrls(overrides) : loader.load(file, overrides);
        if (result instanceof LoadResult.Mistakes found) {
            found.mistakes().forEach(err::println);
            err.flush();
            return Optional.empty();
        }
        return Optional.of(((LoadResult.Loaded) result).config());
    }
}
