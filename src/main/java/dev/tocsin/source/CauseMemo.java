package dev.tocsin.source;

import dev.tocsin.health.Cause;
import dev.tocsin.health.CauseReader;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads causes and remembers which rule a text matched, whatever addresses it names: when a thousand targets fail with
 * one cause, the rules are tried once. Confined: one poller.
 *
 * <p>No rule asks which address a text names, so texts that differ in addresses alone match the same one (held by a test
 * over all examples and recorded texts).
 */
public final class CauseMemo implements CauseReader {
    /* When full it begins anew: 512 x ~400 B = 200 KB, and hostile texts that never repeat cost no more than that. */
    private static final int REMEMBERED_MAX = 512;
    private static final int KEY_MAX = 256;
    private static final int DOTS_OF_ADDRESS = 3;

    private final ScrapeErrors errors;
    private final Map<String, ErrorRule> rules = new HashMap<>();

    public CauseMemo(ScrapeErrors errors) {
        this.errors = errors;
    }

    @Override
    public Cause read(String lastError) {
        ScrapeText text = ScrapeText.of(lastError);
        if (text.core().length() > KEY_MAX || text.core().isEmpty()) {
            return ScrapeErrors.cause(errors.rule(text), text);
        }
        String key = text.scope().ordinal() + withoutAddresses(text.core());
        ErrorRule rule = rules.get(key);
        if (rule == null) {
            rule = errors.rule(text);
            if (rules.size() >= REMEMBERED_MAX) {
                rules.clear();
            }
            rules.put(key, rule);
        }
        return ScrapeErrors.cause(rule, text);
    }

    /** The text with a star for each IPv4 address and its port. */
    static String withoutAddresses(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isDigit(text.charAt(i))) {
                int end = i + 1;
                int dots = 0;
                while (end < text.length() && (isDigit(text.charAt(end)) || isMark(text, end))) {
                    dots += text.charAt(end) == '.' ? 1 : 0;
                    end++;
                }
                if (dots == DOTS_OF_ADDRESS) {
                    kept.append(text, copied, i).append('*');
                    copied = end;
                }
                i = end;
            }
        }
        return kept.append(text, copied, text.length()).toString();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /* A dot or colon between digits. */
    private static boolean isMark(String text, int i) {
        char c = text.charAt(i);
        return (c == '.' || c == ':') && i + 1 < text.length() && isDigit(text.charAt(i + 1));
    }
}
