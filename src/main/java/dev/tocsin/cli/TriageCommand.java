package dev.tocsin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.config.ConfigLoader;
import dev.tocsin.config.TocsinConfig;
import dev.tocsin.triage.Report;
import dev.tocsin.triage.ReportForm;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code triage}: one look at all sources, without a memory. */
@Command(
        name = "triage",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Looks once at all servers: what is down, why, who is sick, what to do, what could not be seen.",
        exitCodeList = {
            "0:nothing is down",
            "1:something is down",
            "2:usage or configuration",
            "3:nothing is known to be down, but not everything could be seen"
        },
        footer = {
            "  tocsin triage --prometheus http://10.0.0.1:9090 http://10.0.0.2:9090",
            "  tocsin triage -c /etc/tocsin/tocsin.yaml --timeout 5s --all | less",
            "  tocsin triage -c tocsin.yaml -o json | jq -r '.jobs[] | .job, .verdict'"
        })
final class TriageCommand implements Callable<Integer> {
    private static final int UNSURE = 3;

    private final ConfigLoader loader;

    /** How a report is written to stdout. */
    enum Form {
        TEXT,
        JSON
    }

    /** The forms as they are typed, for completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("text", "json").iterator();
        }
    }

    @Mixin
    SourceOptions sources = new SourceOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            completionCandidates = Names.class,
            description = "how the report is written (default: text)")
    Form output = Form.TEXT;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = TimeoutOption.class,
            description = "for all questions to all servers together (default: 10s)")
    Duration timeout = Duration.ofSeconds(10);

    @Option(names = "--all", description = "show everything, also where it is much")
    boolean all;

    @Spec
    @Nullable
    CommandSpec spec;

    TriageCommand(ConfigLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() throws Exception {
        CommandLine self = Objects.requireNonNull(spec).commandLine();
        Optional<TocsinConfig> config = sources.config(self, loader, null, null);
        return config.isPresent() ? look(config.get(), self.getOut()) : TocsinCommand.USAGE;
    }

    private int look(TocsinConfig config, PrintWriter out) throws Exception {
        Report report = Looks.at(config, timeout);
        out.print(output == Form.JSON ? json(report) + "\n" : TriageText.of(report, all, ZoneId.systemDefault()));
        out.flush();
        return switch (report.standing()) {
            case CLEAR -> 0;
            case DOWN -> 1;
            case UNSURE -> UNSURE;
        };
    }

    private static String json(Report report) throws JsonProcessingException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(ReportForm.of(report));
    }
}
