package dev.tocsin.source;

import dev.tocsin.health.Cause;
import dev.tocsin.health.CauseFamily;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.CauseReader;
import dev.tocsin.health.Locus;
import dev.tocsin.health.Named;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads causes from the error texts of Prometheus, by the rules of the resource {@code scrape-errors.tsv}. Immutable.
 *
 * <p>The text is the peer's as much as ours: it is cut, the wrapper that decides how far the scrape had come is taken off,
 * and the rules are tried in their order, each in linear time.
 */
public final class ScrapeErrors implements CauseReader {
    private static final String RESOURCE = "scrape-errors.tsv";
    private static final int DETAIL_BYTES_MAX = 512;
    private static final String NO_TEXT = "no error text";

    private final List<ErrorRule> rules;
    private final List<TextPattern> patterns;
    private final ErrorRule unclassified;

    private ScrapeErrors(List<ErrorRule> rules) {
        this.rules = List.copyOf(rules);
        this.patterns =
                rules.stream().map(ErrorRule::regex).map(TextPattern::of).toList();
        this.unclassified = rules.get(rules.size() - 1);
    }

    /**
     * A text and the rule that it matched. Immutable.
     *
     * @param rule its remedy and note say more
     */
    public record Classified(ErrorRule rule, Cause cause) {}

    /** The rules that ship with this version. */
    public static ScrapeErrors load() {
        try (InputStream in = ScrapeErrors.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar has no " + RESOURCE);
            }
            return new ScrapeErrors(parse(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + RESOURCE, e);
        }
    }

    @Override
    public Cause read(String lastError) {
        return classify(lastError).cause();
    }

    /** What the text means. An empty one means nothing; on a target that is up it is no error, whatever it says. */
    public Classified classify(String lastError) {
        ScrapeText text = ScrapeText.of(lastError);
        ErrorRule rule = rule(text);
        return new Classified(rule, cause(rule, text));
    }

    /** The cause of a text that matched a rule. */
    static Cause cause(ErrorRule rule, ScrapeText text) {
        String core = text.normalised();
        String detail = core.isEmpty() ? NO_TEXT : CleanText.of(UrlRedactor.redactText(core), DETAIL_BYTES_MAX);
        return new Cause(rule.kind(), detail, rule.remedy());
    }

    /** All rules, in their order. */
    public List<ErrorRule> rules() {
        return rules;
    }

    /** The first rule that matches; the last one matches all. */
    ErrorRule rule(ScrapeText text) {
        /* Down without a text is a torn read of the source. Only what the API itself appended may leave nothing behind. */
        if (text.core().isEmpty() && text.scope() == ErrorScope.BARE && !text.decorated()) {
            return unclassified;
        }
        for (int i = 0; i < patterns.size(); i++) {
            ErrorRule rule = rules.get(i);
            if (rule.scope().allows(text.scope()) && patterns.get(i).matches(text.core())) {
                return rule;
            }
        }
        return unclassified;
    }

    private static List<ErrorRule> parse(BufferedReader in) throws IOException {
        List<String> header = List.of(in.readLine().split("\t", -1));
        Map<CauseKind, CauseKind> kinds = new HashMap<>();
        List<ErrorRule> rules = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            rules.add(rule(new Row(header, line.split("\t", -1)), kinds));
        }
        return rules;
    }

    private static ErrorRule rule(Row row, Map<CauseKind, CauseKind> kinds) {
        CauseKind read = new CauseKind(
                row.constant(CauseFamily.class, "family"), row.text("sub_cause"), row.constant(Locus.class, "locus"));
        CauseKind kind = kinds.computeIfAbsent(read, k -> k);
        return new ErrorRule(
                Integer.parseInt(row.text("order")),
                row.text("regex"),
                row.constant(ErrorScope.class, "scope"),
                kind,
                row.text("versions"),
                row.text("example"),
                row.text("note"),
                row.text("remedy"),
                row.text("check").replace("\\n", "\n"));
    }

    /** One line of the resource. A mistake in it is ours, and found when the process starts. */
    private record Row(List<String> header, String[] cells) {
        String text(String column) {
            return cells[header.indexOf(column)];
        }

        <E extends Enum<E> & Named> E constant(Class<E> type, String column) {
            return Named.of(type, text(column)).orElseThrow(() -> wrong(column));
        }

        private IllegalStateException wrong(String column) {
            return new IllegalStateException(RESOURCE + " row " + cells[0] + ", " + column + ": " + text(column));
        }
    }
}
