package dev.tocsin.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One instruction of a Dockerfile. Immutable.
 *
 * @param line where it begins, from 1
 * @param keyword in capitals
 * @param flags what stands before its text, as {@code --from=build}
 * @param text the rest, its lines joined
 */
public record Instruction(int line, String keyword, List<String> flags, String text) {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /** Its words, without quotes; a value in quotes stays one word. */
    public List<String> words() {
        return WORD.matcher(text)
                .results()
                .map(found -> found.group(1) == null ? found.group(2).replace("\"", "") : found.group(1))
                .toList();
    }

    /** Its words with the values of variables in place of their names. */
    public List<String> words(Map<String, String> variables) {
        return words().stream().map(word -> filled(word, variables)).toList();
    }

    /** The words of the form that is run without a shell: a JSON list. */
    public List<String> exec() {
        String list = text.substring(Math.max(0, text.indexOf('[')));
        try {
            return List.of(new ObjectMapper().readValue(list, String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "line " + line + ": " + keyword + ": got " + text + ", want a JSON list of texts", e);
        }
    }

    /** The values of a flag that may stand several times, or of a key of it: {@code from} of {@code --mount}. */
    List<String> flag(String name) {
        String start = "--" + name + "=";
        return flags.stream()
                .filter(flag -> flag.startsWith(start))
                .map(flag -> flag.substring(start.length()))
                .toList();
    }

    private static String filled(String word, Map<String, String> variables) {
        String filled = word;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            filled = filled.replace("$" + variable.getKey(), variable.getValue());
        }
        return filled;
    }
}
