package dev.tocsin.bugs;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A piece of code and what takes its place. Immutable.
 *
 * @param place of the piece in its bug's file, for people
 * @param old is found whatever its line breaks and indentation
 */
record Snippet(String place, String old, String with) {

    /** The text with the piece replaced. The piece must be there once, so that a bug keeps step with the code. */
    String applyTo(String text) {
        String tokens =
                Arrays.stream(old.strip().split("\\s+")).map(Pattern::quote).collect(Collectors.joining("\\s+"));
        Matcher found = Pattern.compile(tokens).matcher(text);
        long times = found.results().count();
        if (times != 1) {
            throw new IllegalArgumentException(
                    place + ": replace: found " + times + " times in the source, want once: " + old.strip());
        }
        return found.reset().replaceFirst(Matcher.quoteReplacement(with));
    }
}
