package dev.tocsin.scenario;

import java.util.ArrayList;
import java.util.List;

/** A word of a line, a comma, or a text in quotes. Immutable. */
record Token(String text, int line, int column, boolean quoted) {

    /** The words of a line, without its comment. A quote that is not closed ends with the line. */
    static List<Token> of(String line, int number) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < line.length() && line.charAt(at) != '#') {
            char c = line.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == ',') {
                tokens.add(new Token(",", number, ++at, false));
            } else if (c == '"') {
                at = quoted(line, number, at, tokens);
            } else {
                int end = at;
                while (end < line.length() && !Character.isWhitespace(line.charAt(end)) && line.charAt(end) != ',') {
                    end++;
                }
                tokens.add(new Token(line.substring(at, end), number, at + 1, false));
                at = end;
            }
        }
        return tokens;
    }

    private static int quoted(String line, int number, int start, List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        int at = start + 1;
        while (at < line.length() && line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' && at + 1 < line.length() ? 1 : 0;
            text.append(line.charAt(at++));
        }
        tokens.add(new Token(text.toString(), number, start + 1, true));
        return at + 1;
    }

    boolean is(String word) {
        return !quoted && text.equals(word);
    }
}
