package dev.tocsin.cli;

import dev.tocsin.config.ConfigLoader;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.LoadResult;
import dev.tocsin.config.Overrides;
import dev.tocsin.config.SecretReader;
import dev.tocsin.follow.Ended;
import dev.tocsin.follow.Follower;
import dev.tocsin.follow.Topic;
import dev.tocsin.follow.Wanted;
import dev.tocsin.health.Stream;
import dev.tocsin.kafka.ClientSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code follow}: reads the topics as any consumer does. */
@Command(
        name = "follow",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Reads what a Tocsin has written to Kafka: first the table of what is the matter now, then every change.",
            "What is repeated, late, missing or unreadable in the topics is told on stderr."
        },
        exitCodeList = {
            "0:stopped by SIGTERM or Ctrl-C",
            "1:could not go on (no broker, no topic, no right to read)",
            "2:usage or configuration"
        },
        footer = {
            "  tocsin follow --kafka 127.0.0.1:9092",
            "  tocsin follow -c conf/tocsin.yaml --streams health --job checkout",
            "  tocsin follow --kafka k1:9092,k2:9092 --from now -o ndjson | jq .data"
        })
final class FollowCommand implements Callable<Integer> {
    private static final int CANNOT_GO_ON = 1;

    private final ConfigLoader loader;
    private final Stopping stopping;
    private final Map<String, String> environment;

    /** How records are written to stdout. */
    enum Form {
        TEXT,
        NDJSON
    }

    /** Where reading begins. */
    enum From {
        BEGINNING,
        NOW
    }

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "YAML file with a kafka block")
    @Nullable
    Path file;

    @Option(names = "--kafka", paramLabel = "HOST:PORT,...", description = "brokers, in place of those of the file")
    @Nullable
    String kafka;

    @Option(
            names = "--streams",
            split = ",",
            paramLabel = "NAME",
            converter = WatchOptions.StreamName.class,
            completionCandidates = WatchOptions.StreamName.All.class,
            description = "outages, findings, health, watermarks (default: outages,findings)")
    List<Stream> streams = List.of(Stream.OUTAGES, Stream.FINDINGS);

    @Option(
            names = "--from",
            paramLabel = "beginning|now",
            completionCandidates = Froms.class,
            description = "where to begin (default: beginning)")
    From from = From.BEGINNING;

    @Option(names = "--job", paramLabel = "NAME", description = "only what is of that job")
    @Nullable
    String job;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|ndjson",
            completionCandidates = Forms.class,
            description = "how records are written to stdout (default: text)")
    Form form = Form.TEXT;

    @Spec
    @Nullable
    CommandSpec spec;

    FollowCommand(ConfigLoader loader, Stopping stopping, Map<String, String> environment) {
        this.loader = loader;
        this.stopping = stopping;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        CommandLine self = Objects.requireNonNull(spec).commandLine();
        PrintWriter err = self.getErr();
        if (file == null && kafka == null) {
            throw new ParameterException(self, "got nothing to follow, want --kafka HOST:PORT or -c FILE");
        }
        LoadResult result = file == null
                ? loader.fromUrls(new Overrides(List.of(), List.of(), null, kafka))
                : loader.load(file, new Overrides(List.of(), List.of(), null, kafka));
        if (result instanceof LoadResult.Mistakes found) {
            found.mistakes().forEach(err::println);
            err.flush();
            return TocsinCommand.USAGE;
        }
        KafkaConfig found = ((LoadResult.Loaded) result).config().kafka();
        if (found == null) {
            throw new ParameterException(self, "got no brokers, want --kafka HOST:PORT or kafka.bootstrap in the file");
        }
        return follow(found, self);
    }

    private int follow(KafkaConfig found, CommandLine self) {
        FollowPrinter printer = new FollowPrinter(
                self.getOut(),
                self.getErr(),
                form == Form.NDJSON,
                new FollowText(ZoneId.systemDefault(), Screen.colour(environment), Screen.width(environment)));
        try (Follower follower = new Follower(wanted(found), printer)) {
            stopping.onSignal(follower::stop);
            printer.over(follower.run());
            return 0;
        } catch (Ended | IOException e) {
            printer.odd(String.valueOf(e.getMessage()));
            return CANNOT_GO_ON;
        }
    }

    /** @throws IOException a secret is not there */
    private Wanted wanted(KafkaConfig found) throws IOException {
        Map<String, Object> client = new ClientSettings(found, new SecretReader(environment)).consumer();
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        streams.forEach(stream -> topics.add(Topic.valueOf(stream.name())));
        return new Wanted(client, found.topicPrefix(), topics, from == From.BEGINNING, Optional.ofNullable(job));
    }

    /** The forms as they are typed, for completion. */
    static final class Forms implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("text", "ndjson").iterator();
        }
    }

    /** Where reading may begin, as it is typed, for completion. */
    static final class Froms implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("beginning", "now").iterator();
        }
    }
}
