package dev.tocsin.cli;

import dev.tocsin.source.ScrapeErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code classify}: what error texts of scrapes mean. */
@Command(
        name = "classify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Tells what error texts of scrapes (lastError) mean: what failed, who is sick, what to do,"
                    + " what to run, and which rule says so.",
            "Without a TEXT it reads stdin and answers in the same order. Of a text 4 KiB are read."
        },
        exitCodeList = {"0:every text was answered", "1:stdin or stdout failed", "2:usage"},
        footer = {
            "  tocsin classify 'Get \"http://10.0.0.7:9100/metrics\": EOF'",
            "  curl -s http://127.0.0.1:9090/api/v1/targets |",
            "    jq -j '.data.activeTargets[].lastError | select(. > \"\") + \"\\u0000\"' |",
            "    tocsin classify -0 -o ndjson"
        })
final class ClassifyCommand implements Callable<Integer> {
    private static final int CANNOT_READ = 1;
    private static final int LOOKS = 64; // texts between two looks whether anybody still reads

    private final Supplier<ScrapeErrors> rules;
    private final InputStream in;

    @Option(
            names = {"-0", "--null"},
            description = "texts on stdin end in NUL: they may have several lines")
    boolean separatedByNull;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|ndjson",
            completionCandidates = Names.class,
            description = "how answers are written to stdout (default: text)")
    Form form = Form.TEXT;

    @Parameters(arity = "0..*", paramLabel = "TEXT", description = "error texts; none: stdin, one a line")
    List<String> texts = List.of();

    @Spec
    @Nullable
    CommandSpec spec;

    /** @param rules loaded when the command runs, not before */
    ClassifyCommand(Supplier<ScrapeErrors> rules, InputStream in) {
        this.rules = rules;
        this.in = in;
    }

    @Override
    public Integer call() {
        ScrapeErrors errors = rules.get();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        boolean first = true;
        for (String text : texts) {
            answer(Classification.of(errors, Text.of(text)), first, out);
            first = false;
        }
        try {
            return texts.isEmpty() ? answerStdin(errors, out) : 0;
        } catch (IOException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("stdin cannot be read: " + e.getMessage() + "; want texts, or TEXT arguments");
            err.flush();
            return CANNOT_READ;
        }
    }

    private int answerStdin(ScrapeErrors errors, PrintWriter out) throws IOException {
        TextReader reader = new TextReader(in, separatedByNull ? '\0' : '\n');
        long answered = 0;
        for (Optional<Text> text = reader.next(); text.isPresent(); text = reader.next()) {
            answer(Classification.of(errors, text.get()), answered == 0, out);
            answered++;
            if ((answered % LOOKS == 0 || reader.waits()) && out.checkError()) {
                break; // told, if it is worth it, by whoever owns stdout
            }
        }
        return 0;
    }

    private void answer(Classification answer, boolean first, PrintWriter out) {
        switch (form) {
            case NDJSON -> out.print(ClassificationJson.line(answer) + "\n");
            case TEXT -> out.print((first ? "" : "\n") + String.join("\n", ClassificationText.lines(answer)) + "\n");
        }
    }

    /** How answers are written. */
    enum Form {
        TEXT,
        NDJSON
    }

    /** The forms as they are typed, for completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("text", "ndjson").iterator();
        }
    }
}
