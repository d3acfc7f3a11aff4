package dev.tocsin.source;

import com.google.re2j.Pattern;
import dev.tocsin.health.CauseKind;

/**
 * One row of {@code scrape-errors.tsv}. Immutable.
 *
 * @param order the first rule that matches, by this, is it
 * @param literal a text without which the pattern cannot match; empty when there is none
 * @param example a text as Prometheus writes it, line ends as {@code \n}
 * @param note what its author knows besides; may be empty
 */
public record ErrorRule(
        int order,
        Pattern pattern,
        ErrorScope scope,
        CauseKind kind,
        String versions,
        String example,
        String note,
        String remedy,
        String literal) {

    boolean matches(ScrapeText text) {
        return scope.allows(text.scope())
                && text.core().contains(literal)
                && pattern.matcher(text.core()).find();
    }

    /** The longest text that every match of a pattern contains, as far as its outermost level shows. */
    static String literalOf(String regex) {
        String longest = "";
        StringBuilder run = new StringBuilder();
        int i = 0;
        while (i < regex.length()) {
            char c = regex.charAt(i);
            boolean escaped = c == '\\' && i + 1 < regex.length();
            if (c == '|') {
                return "";
            }
            if (escaped && !Character.isLetterOrDigit(regex.charAt(i + 1))) {
                run.append(regex.charAt(i + 1));
                i += 2;
                continue;
            }
            if ("\\^$.[(+*?{".indexOf(c) < 0) {
                run.append(c);
                i++;
                continue;
            }
            if ((c == '*' || c == '?' || c == '{') && run.length() > 0) {
                run.setLength(run.length() - 1); // what stands before may be absent
            }
            longest = run.length() > longest.length() ? run.toString() : longest;
            run.setLength(0);
            i = escaped ? i + 2 : afterElement(regex, i);
        }
        return run.length() > longest.length() ? run.toString() : longest;
    }

    /** Behind the group, class or repetition that begins here. */
    private static int afterElement(String regex, int start) {
        char opening = regex.charAt(start);
        if (opening != '(' && opening != '[' && opening != '{') {
            return start + 1;
        }
        int depth = 0;
        boolean inClass = false;
        for (int i = start; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
            } else if (c == '(' || c == '{') {
                depth++;
            } else if (c == ')' || c == '}') {
                depth--;
            }
            if (depth == 0 && !inClass) {
                return i + 1;
            }
        }
        return regex.length();
    }
}
