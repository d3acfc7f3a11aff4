package dev.tocsin.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an image says of its containers. Immutable.
 *
 * @param command what is run: the entry point and its usual arguments
 * @param user as {@code uid:gid}
 */
public record Container(
        List<String> command,
        Map<String, String> environment,
        String user,
        String folder,
        String stopSignal,
        List<String> healthcheck) {

    /** The last word of each instruction counts, from the deepest stage up. */
    static Container of(List<Instruction> instructions) {
        Map<String, Instruction> last = new TreeMap<>();
        Map<String, String> environment = new TreeMap<>();
        for (Instruction instruction : instructions) {
            last.put(instruction.keyword(), instruction);
            if (instruction.keyword().equals("ENV")) {
                instruction.words().forEach(word -> {
                    String[] pair = word.split("=", 2);
                    environment.put(pair[0], pair[1]);
                });
            }
        }
        List<String> command = new ArrayList<>(want(last, "ENTRYPOINT").exec());
        command.addAll(want(last, "CMD").exec());
        return new Container(
                List.copyOf(command),
                Map.copyOf(environment),
                want(last, "USER").text(),
                want(last, "WORKDIR").text(),
                want(last, "STOPSIGNAL").text(),
                want(last, "HEALTHCHECK").exec());
    }

    private static Instruction want(Map<String, Instruction> last, String keyword) {
        Instruction found = last.get(keyword);
        if (found == null) {
            throw new IllegalArgumentException("got no " + keyword + ", want one");
        }
        return found;
    }
}
