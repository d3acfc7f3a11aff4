package dev.tocsin.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what a text must contain before a regular expression can match it: looking for that is a hundred times cheaper
 * than trying the expression. Stateless.
 */
final class RequiredText {
    private static final String SPECIAL = "\\^$.[](){}+*?|";

    private RequiredText() {}

    /** Texts of which every match contains at least one; empty when nothing is known. */
    static Set<String> of(String regex) {
        Set<String> any = new HashSet<>();
        for (String alternative : alternatives(regex)) {
            Set<String> required = ofSequence(alternative);
            if (required.isEmpty()) {
                return Set.of();
            }
            any.addAll(required);
        }
        return Set.copyOf(any);
    }

    /** The text with which every match begins; empty when there is none, or the expression is not anchored. */
    static String prefixOf(String regex) {
        if (!regex.startsWith("^") || alternatives(regex).size() > 1) {
            return "";
        }
        StringBuilder prefix = new StringBuilder();
        int i = 1;
        while (i < regex.length() && isLiteral(regex, i)) {
            int after = i + (regex.charAt(i) == '\\' ? 2 : 1);
            if (isQuantifier(regex, after)) {
                break;
            }
            prefix.append(regex.charAt(after - 1));
            i = after;
        }
        return prefix.toString();
    }

    private static Set<String> ofSequence(String regex) {
        Set<String> best = Set.of();
        StringBuilder run = new StringBuilder();
        int i = 0;
        while (i < regex.length()) {
            boolean literal = isLiteral(regex, i);
            int after = afterElement(regex, i);
            boolean optional = after < regex.length() && "*?{".indexOf(regex.charAt(after)) >= 0;
            if (literal && !optional) {
                run.append(regex.charAt(after - 1));
            }
            if (!literal || isQuantifier(regex, after)) {
                best = run.length() == 0 ? best : better(best, Set.of(run.toString()));
                run.setLength(0);
            }
            if (regex.charAt(i) == '(' && !optional && regex.charAt(i + 1) != '?') {
                best = better(best, of(regex.substring(i + 1, after - 1)));
            }
            i = isQuantifier(regex, after) ? afterElement(regex, after) : after;
        }
        return run.length() == 0 ? best : better(best, Set.of(run.toString()));
    }

    /** The set whose shortest text is longer. */
    private static Set<String> better(Set<String> a, Set<String> b) {
        return shortest(b) > shortest(a) ? b : a;
    }

    private static int shortest(Set<String> texts) {
        return texts.stream().mapToInt(String::length).min().orElse(0);
    }

    private static List<String> alternatives(String regex) {
        List<String> alternatives = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < regex.length(); i = afterElement(regex, i)) {
            if (regex.charAt(i) == '|') {
                alternatives.add(regex.substring(from, i));
                from = i + 1;
            }
        }
        alternatives.add(regex.substring(from));
        return alternatives;
    }

    private static boolean isQuantifier(String regex, int at) {
        return at < regex.length() && "*?{+".indexOf(regex.charAt(at)) >= 0;
    }

    /** Whether one character stands here for itself. */
    static boolean isLiteral(String regex, int at) {
        char c = regex.charAt(at);
        boolean escaped = c == '\\' && at + 1 < regex.length();
        return escaped ? !Character.isLetterOrDigit(regex.charAt(at + 1)) : SPECIAL.indexOf(c) < 0;
    }

    /** Behind the character, group, class or quantifier that begins here. */
    private static int afterElement(String regex, int start) {
        char opening = regex.charAt(start);
        if (opening == '\\') {
            return Math.min(regex.length(), start + 2);
        }
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
