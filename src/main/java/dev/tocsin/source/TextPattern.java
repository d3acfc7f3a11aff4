package dev.tocsin.source;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression over hostile text, matched in linear time and as cheaply as its form allows. Thread-safe: whoever
 * first needs the expression compiles it; who does so beside him makes an equal one.
 */
final class TextPattern {
    private final String text;
    private final String prefix;
    private final List<String> anyOf;
    private final Whole whole;
    /* Of 159 rules a start needs a few, and a quiet fleet none: compiling all took a sixth of the start. */
    private @Nullable Pattern regex;

    /**
     * @param prefix with which every match begins; may be empty
     * @param anyOf of which every match contains at least one; empty when nothing is known
     * @param whole what it says when it is nothing but a literal, with or without anchors
     */
    private TextPattern(String text, String prefix, List<String> anyOf, Whole whole) {
        this.text = text;
        this.prefix = prefix;
        this.anyOf = anyOf;
        this.whole = whole;
    }

    /** What decides without the regular expression. */
    enum Whole {
        NONE,
        ALWAYS,
        BEGINS,
        ENDS,
        EQUALS
    }

    static TextPattern of(String regex) {
        if (regex.equals(".*")) {
            return new TextPattern(regex, "", List.of(), Whole.ALWAYS);
        }
        boolean begins = regex.startsWith("^");
        boolean ends = regex.endsWith("$") && !regex.endsWith("\\$");
        String core = regex.substring(begins ? 1 : 0, regex.length() - (ends ? 1 : 0));
        String literal = literal(core);
        if (core.length() > 0 && literal.isEmpty() || !begins && !ends) {
            List<String> anyOf = List.copyOf(RequiredText.of(regex));
            return new TextPattern(regex, RequiredText.prefixOf(regex), anyOf, Whole.NONE);
        }
        Whole whole = begins && ends ? Whole.EQUALS : begins ? Whole.BEGINS : Whole.ENDS;
        return new TextPattern(regex, literal, List.of(), whole);
    }

    boolean matches(String text) {
        return switch (whole) {
            case ALWAYS -> true;
            case BEGINS -> text.startsWith(prefix);
            case ENDS -> text.endsWith(prefix);
            case EQUALS -> text.equals(prefix);
            case NONE ->
                text.startsWith(prefix)
                        && mayMatch(text)
                        && regex().matcher(text).find();
        };
    }

    /** @throws com.google.re2j.PatternSyntaxException it is none */
    Pattern regex() {
        Pattern compiled = regex;
        if (compiled == null) {
            compiled = Pattern.compile(text);
            regex = compiled;
        }
        return compiled;
    }

    private boolean mayMatch(String text) {
        for (String required : anyOf) {
            if (text.contains(required)) {
                return true;
            }
        }
        return anyOf.isEmpty();
    }

    /** The text that the expression is, unescaped; empty when it is more than that. */
    private static String literal(String core) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < core.length(); i++) {
            if (!RequiredText.isLiteral(core, i)) {
                return "";
            }
            i += core.charAt(i) == '\\' ? 1 : 0;
            text.append(core.charAt(i));
        }
        return text.toString();
    }
}
