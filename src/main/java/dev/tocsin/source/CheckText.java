package dev.tocsin.source;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to run, with the values of a target in it. Pure.
 *
 * <p>The values are hostile, and a person pastes what comes out into a shell: one that is not plain is not filled in, its
 * upper-case word stays.
 */
public final class CheckText {
    private static final String QUERY = "PromQL: ";
    private static final int VALUE_MAX = 200;
    private static final Pattern WORD = Pattern.compile("\\b(HOST:PORT|HOST|PORT|URL|JOB|INSTANCE|POOL)\\b");
    private static final Pattern BARE = Pattern.compile("^[A-Za-z0-9_][A-Za-z0-9._/:-]*$");

    private CheckText() {}

    /** @param steps one a line; those that begin with {@code PromQL:} are queries, the others commands of a shell */
    public static String fill(String steps, KnownOfTarget known) {
        Optional<ScrapeAddress> address = ScrapeAddress.of(known.url());
        return steps.lines().map(step -> step(step, address, known)).collect(Collectors.joining("\n"));
    }

    private static String step(String step, Optional<ScrapeAddress> address, KnownOfTarget known) {
        boolean query = step.startsWith(QUERY);
        StringBuilder filled = new StringBuilder(step.length() + 100);
        Matcher word = WORD.matcher(step);
        int copied = 0;
        while (word.find()) {
            Optional<String> value =
                    query ? inQuery(word.group(), address, known) : inShell(word.group(), address, known);
            filled.append(step, copied, word.start()).append(value.orElse(word.group()));
            copied = word.end();
        }
        return filled.append(step, copied, step.length()).toString();
    }

    private static Optional<String> inShell(String word, Optional<ScrapeAddress> address, KnownOfTarget known) {
        return switch (word) {
            case "HOST:PORT" -> address.map(a -> quoted(a.hostPort()));
            case "HOST" -> address.map(ScrapeAddress::host);
            case "PORT" -> address.map(a -> Integer.toString(a.port()));
            case "URL" -> address.map(a -> quoted(a.url()));
            case "POOL" ->
                Optional.ofNullable(known.pool()).filter(pool -> pool.length() <= VALUE_MAX && BARE.matches(pool));
            default -> Optional.empty();
        };
    }

    private static Optional<String> inQuery(String word, Optional<ScrapeAddress> address, KnownOfTarget known) {
        return switch (word) {
            case "HOST" -> address.filter(a -> !a.ipv6()).map(ScrapeAddress::host);
            case "JOB" -> label(known.job());
            case "INSTANCE" -> label(known.instance());
            case "POOL" -> label(known.pool());
            default -> Optional.empty();
        };
    }

    /* Its characters are held by ScrapeAddress: none of them ends the quotes. */
    private static String quoted(String value) {
        return BARE.matches(value) ? value : "'" + value + "'";
    }

    /** A label's value within double quotes. */
    private static Optional<String> label(@Nullable String value) {
        if (value == null
                || value.isEmpty()
                || value.length() > VALUE_MAX
                || !value.codePoints().allMatch(CheckText::shown)) {
            return Optional.empty();
        }
        return Optional.of(value.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /* A dollar or backtick would be run by a shell that a query is pasted into by mistake. */
    private static boolean shown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> codePoint != '$' && codePoint != '`';
        };
    }
}
