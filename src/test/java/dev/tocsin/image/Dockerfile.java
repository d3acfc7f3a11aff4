package dev.tocsin.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A Dockerfile as its builder reads it: stages of instructions. Immutable. */
public record Dockerfile(List<Stage> stages) {
    public static final Path FILE = Path.of("docker/Dockerfile");

    public Dockerfile {
        stages = List.copyOf(stages);
    }

    public static Dockerfile read() {
        try {
            return parse(Files.readAllLines(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Dockerfile parse(List<String> lines) {
        List<Stage> stages = new ArrayList<>();
        List<Instruction> open = new ArrayList<>();
        List<Instruction> all = instructions(lines);
        for (Instruction instruction : all) {
            if (instruction.keyword().equals("FROM") && !open.isEmpty()) {
                stages.add(stage(open));
                open = new ArrayList<>();
            }
            open.add(instruction);
        }
        stages.add(stage(open));
        return new Dockerfile(stages);
    }

    /** The stage of that name, if it has one. */
    public Optional<Stage> stage(String name) {
        return stages.stream()
                .filter(stage -> !name.isEmpty() && stage.name().equals(name))
                .findFirst();
    }

    /** What the image of the last stage says of its containers. */
    public Container container() {
        List<List<Instruction>> layers = new ArrayList<>();
        Optional<Stage> stage = Optional.of(stages.get(stages.size() - 1));
        while (stage.isPresent()) {
            layers.add(stage.get().instructions());
            stage = stage(stage.get().base());
        }
        Collections.reverse(layers);
        return Container.of(layers.stream().flatMap(List::stream).toList());
    }

    private static Stage stage(List<Instruction> open) {
        List<String> from = open.get(0).words();
        boolean named = from.size() == 3 && from.get(1).equalsIgnoreCase("AS");
        if (!open.get(0).keyword().equals("FROM") || !(named || from.size() == 1)) {
            throw new IllegalArgumentException(
                    "line " + open.get(0).line() + ": got " + open.get(0) + ", want FROM IMAGE or FROM IMAGE AS NAME");
        }
        return new Stage(from.get(0), named ? from.get(2) : "", open.subList(1, open.size()));
    }

    /* Comments and empty lines may stand between the lines of one instruction, and do not end it. */
    private static List<Instruction> instructions(List<String> lines) {
        List<Instruction> instructions = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        int began = 0;
        for (int n = 1; n <= lines.size(); n++) {
            String line = lines.get(n - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            began = open.isEmpty() ? n : began;
            boolean more = line.endsWith("\\");
            open.append(more ? line.substring(0, line.length() - 1) : line).append(' ');
            if (!more) {
                instructions.add(instruction(began, open.toString().strip()));
                open.setLength(0);
            }
        }
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("line " + began + ": got an instruction that goes on, want its end");
        }
        return instructions;
    }

    private static Instruction instruction(int line, String whole) {
        String[] parts = whole.split("\\s+", 2);
        String text = parts.length == 2 ? parts[1] : "";
        List<String> flags = new ArrayList<>();
        while (text.startsWith("--")) {
            String[] rest = text.split("\\s+", 2);
            flags.add(rest[0]);
            text = rest.length == 2 ? rest[1] : "";
        }
        return new Instruction(line, parts[0].toUpperCase(Locale.ROOT), List.copyOf(flags), text);
    }
}
