package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tocsin.source.ErrorRule;
import dev.tocsin.source.ScrapeErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ClassifyCommandTest {
    private static final ScrapeErrors ERRORS = ScrapeErrors.load();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaName.CLASSIFICATION.json());

    /** A word of a command: broken, it would be another. */
    private static final String ONE_WORD = " +('[^']*'|[^ ]+)( \\\\)?";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aTextIsAnsweredForAPerson() {
        String text = "Get \"http://10.0.0.7:9100/metrics\": dial tcp 10.0.0.7:9100: connect: connection refused";

        assertThat(execute("", text)).isZero();

        assertThat(out.toString()).isEqualTo("""
                        connection refused, the target is sick
                          cause    family transport, sub-cause connection_refused, locus target
                          detail   dial tcp 10.0.0.7:9100: connect: connection refused
                          remedy   Start the process, or correct the port: nothing listens there (or a firewall rejects).
                          check    on the target:
                                     ss -ltnp 'sport = :9100'
                                   on the Prometheus host:
                                     nc -zvw 5 10.0.0.7 9100
                                   PromQL:
                                     up{instance=~"10.0.0.7:.*"}
                          rule     102: : connect: connection refused$
                        """);
    }

    @Test
    void everyExampleOfTheRulesIsAnsweredInFull() throws IOException {
        List<String> examples = ERRORS.rules().stream()
                .map(ErrorRule::example)
                .map(example -> example.replace("\\nResponse", "\nResponse").replace("\\nmime", "\nmime"))
                .toList();

        List<JsonNode> answers = answers(examples);

        assertThat(answers).hasSize(ERRORS.rules().size());
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).at("/rule/order").asInt()).isEqualTo(i + 1);
            assertThat(answers.get(i).at("/unwrapped").asBoolean()).isFalse();
        }
    }

    @Test
    void everyRecordedErrorIsAnsweredInFull() throws IOException {
        List<String> texts = List.copyOf(RecordedErrors.texts());

        List<JsonNode> answers = answers(texts);

        assertThat(answers).hasSameSizeAs(texts).hasSizeGreaterThan(250);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).at("/subCause").asText())
                    .as(texts.get(i))
                    .isEqualTo(ERRORS.read(texts.get(i)).kind().subCause())
                    .isNotEqualTo("unclassified");
        }
    }

    @Test
    void whatItSaysFitsOnAHundredColumns() {
        List<String> texts = new ArrayList<>(RecordedErrors.texts());
        ERRORS.rules().forEach(rule -> texts.add(rule.example()));

        for (String text : texts) {
            assertThat(ClassificationText.lines(Classification.of(ERRORS, Text.of(text))))
                    .as(text)
                    .allMatch(line -> line.codePointCount(0, line.length()) <= 100 || line.matches(ONE_WORD));
        }
    }

    @Test
    void aTextThatLacksItsWrapperIsReadBehindOne() throws IOException {
        JsonNode refused = answers(List.of("dial tcp 10.0.0.7:9100: connect: connection refused"))
                .get(0);
        JsonNode body = answers(List.of("context deadline exceeded")).get(0);
        JsonNode nothing = answers(List.of("what is this")).get(0);

        assertThat(refused.at("/subCause").asText()).isEqualTo("connection_refused");
        assertThat(refused.at("/unwrapped").asBoolean()).isTrue();
        assertThat(body.at("/subCause").asText()).isEqualTo("reading_body");
        assertThat(body.at("/unwrapped").asBoolean()).isFalse();
        assertThat(nothing.at("/subCause").asText()).isEqualTo("unclassified");
        assertThat(nothing.at("/unwrapped").asBoolean()).isFalse();
    }

    @Test
    void linesAreAnsweredInTheirOrder() throws IOException {
        assertThat(execute("EOF\r\n\nsample limit exceeded\nunexpected EOF", "-o", "ndjson"))
                .isZero();

        assertThat(lines())
                .extracting(answer -> answer.at("/subCause").asText())
                .containsExactly("empty_gzip_body", "unclassified", "sample_limit", "truncated_body");
    }

    @Test
    void withNulATextMayHaveSeveralLines() throws IOException {
        String token = "Get \"http://h/m\": oauth2: cannot fetch token: 401 No\nResponse: boo";

        assertThat(execute(token + "\0EOF\0", "-0", "-o", "ndjson")).isZero();

        assertThat(lines())
                .extracting(answer -> answer.at("/subCause").asText())
                .containsExactly("oauth2_token_rejected", "empty_gzip_body");
    }

    @Test
    void aLongTextIsCutAndSaysSo() throws IOException {
        String text = "server returned HTTP status 500 " + "x".repeat(1 << 20);

        assertThat(execute(text + "\nEOF\n", "-o", "ndjson")).isZero();

        assertThat(lines().get(0).at("/subCause").asText()).isEqualTo("app_error_5xx");
        assertThat(lines().get(0).at("/skippedBytes").asLong()).isEqualTo(text.length() - 4096);
        assertThat(lines().get(1).at("/subCause").asText()).isEqualTo("empty_gzip_body");
        assertThat(lines().get(1).at("/skippedBytes").asLong()).isZero();
        out.getBuffer().setLength(0);
        execute("", text);
        assertThat(out.toString()).contains("the text was cut: its last 1044512 bytes were not read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0007\b\u001b[2J\u001b]0;title\u0007\u007f",
                "\u0080\u009b31m\u009d0;x\u009c\u0085",
                "\u202e\u2066\u200f\u061c\u200b\u200d\ufeff\u2028\u2029",
                "\ud800 \udfff",
                "Get \"http://h/\u001b[31m\": EOF",
                "Get \"http://h/'$(reboot)'\": dial tcp: connect: connection refused",
                "malformed HTTP response \"\u001b[31m\u202e"
            })
    void nothingThatATerminalWouldObeyGetsThrough(String text) {
        execute(text + "\n");
        execute("", text);

        assertThat(out.toString()
                        .codePoints()
                        .filter(ClassifyCommandTest::obeyed)
                        .toArray())
                .isEmpty();
        assertThat(out.toString()).doesNotContain("$(reboot)' ");
    }

    @Test
    void anyBytesMakeLinesOfValidJsonAndHarmlessText() throws IOException {
        long seed = 5;
        Random random = new Random(seed);
        byte[] bytes = new byte[200_000];
        random.nextBytes(bytes);

        assertThat(line(new ByteArrayInputStream(bytes)).execute("-o", "ndjson"))
                .isZero();
        assertThat(lines()).as("seed " + seed).hasSizeGreaterThan(500).allSatisfy(ClassifyCommandTest::inForm);
        assertThat(out.toString()).matches("[\\x20-\\x7e\\n]+");

        out.getBuffer().setLength(0);
        assertThat(line(new ByteArrayInputStream(bytes)).execute("-0")).isZero();
        assertThat(out.toString()
                        .codePoints()
                        .filter(ClassifyCommandTest::obeyed)
                        .toArray())
                .isEmpty();
    }

    @Test
    void aStdinThatFailsIsTold() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("it is a directory");
            }
        };

        assertThat(line(broken).execute()).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("stdin cannot be read: it is a directory; want texts, or TEXT arguments\n");
    }

    @Test
    void whenNobodyReadsItReadsNoMore() {
        InputStream endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                return at++ % 4 == 3 ? '\n' : 'E';
            }
        };
        CommandLine line = new CommandLine(new ClassifyCommand(() -> ERRORS, endless));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        Stdout stdout = new Stdout(new java.io.OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });

        assertThat(line.setOut(stdout.writer()).execute()).isZero();
    }

    private List<JsonNode> answers(List<String> texts) throws IOException {
        out.getBuffer().setLength(0);
        assertThat(execute(String.join("\0", texts) + "\0", "-0", "-o", "ndjson"))
                .isZero();
        List<JsonNode> answers = lines();
        assertThat(answers).allSatisfy(ClassifyCommandTest::inForm);
        return answers;
    }

    private static void inForm(JsonNode answer) {
        assertThat(SCHEMA.validate(answer.toString(), InputFormat.JSON))
                .as(answer.toString())
                .isEmpty();
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static boolean obeyed(int codePoint) {
        int type = Character.getType(codePoint);
        return codePoint != '\n'
                && (type == Character.CONTROL
                        || type == Character.FORMAT
                        || type == Character.SURROGATE
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR);
    }

    private int execute(String stdin, String... arguments) {
        return line(new ByteArrayInputStream(utf8(stdin))).execute(arguments);
    }

    private CommandLine line(InputStream in) {
        CommandLine line = new CommandLine(new ClassifyCommand(() -> ERRORS, in));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    }

    /** UTF-8, with lone surrogates as some writers make them: three bytes each, which no reader accepts. */
    private static byte[] utf8(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> {
            if (c >= 0xd800 && c <= 0xdfff) {
                bytes.write(0xe0 | c >> 12);
                bytes.write(0x80 | c >> 6 & 0x3f);
                bytes.write(0x80 | c & 0x3f);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }
}
