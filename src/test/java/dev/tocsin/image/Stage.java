package dev.tocsin.image;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One stage of a Dockerfile. Immutable.
 *
 * @param base what it is built on: an image or an earlier stage
 * @param name empty when it has none
 * @param instructions those after its {@code FROM}
 */
public record Stage(String base, String name, List<Instruction> instructions) {
    public Stage {
        instructions = List.copyOf(instructions);
    }

    public Stream<Instruction> all(String keyword) {
        return instructions.stream().filter(instruction -> instruction.keyword().equals(keyword));
    }

    /** The only instruction of that kind that begins with that word. */
    public Instruction only(String keyword, String word) {
        List<Instruction> found = all(keyword)
                .filter(instruction -> instruction.text().startsWith(word))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    "stage " + name + ": got " + found + ", want one " + keyword + " " + word);
        }
        return found.get(0);
    }

    /** What its arguments are when nobody gives others. */
    public Map<String, String> arguments() {
        Map<String, String> arguments = new TreeMap<>();
        all("ARG").map(Instruction::text).forEach(text -> {
            int equals = text.indexOf('=');
            arguments.put(equals < 0 ? text : text.substring(0, equals), equals < 0 ? "" : text.substring(equals + 1));
        });
        return arguments;
    }
}
