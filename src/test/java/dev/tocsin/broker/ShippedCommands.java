package dev.tocsin.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import kafka.admin.ConfigCommand;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.tools.AclCommand;
import org.apache.kafka.tools.TopicCommand;

/** The commands of a script in {@code conf/kafka}, as a shell gives them to Kafka's tools, and the tools. */
public final class ShippedCommands {
    private static final Path FOLDER = Path.of("conf", "kafka").toAbsolutePath();
    private static final String STUB = "#!/bin/sh\nprintf '%s\\n' \"${0##*/}\" \"$@\" '' >> \"$TOLD\"\n";

    private static final int ENDED_WELL = -1;

    private ShippedCommands() {}

    static List<List<String>> of(String script, Path folder, SecureKafka kafka) throws Exception {
        return of(Files.readString(FOLDER.resolve(script)), script, folder, kafka);
    }

    /** Those that stand as comments too: what an administrator may choose. */
    static List<List<String>> withChoices(String script, Path folder, SecureKafka kafka) throws Exception {
        String text = Files.readString(FOLDER.resolve(script)).replace("\n# kafka-", "\nkafka-");
        return of(text, script, folder, kafka);
    }

    /* The shell runs the script, with programs in place of Kafka's that write down what they were told. */
    private static List<List<String>> of(String text, String script, Path folder, SecureKafka kafka) throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : List.of("kafka-topics.sh", "kafka-acls.sh")) {
            Files.writeString(bin.resolve(tool), STUB);
            Files.setPosixFilePermissions(bin.resolve(tool), PosixFilePermissions.fromString("rwx------"));
        }
        Path told = folder.resolve(script + ".told");
        Files.writeString(told, "");
        ProcessBuilder shell = new ProcessBuilder(
                "sh", Files.writeString(folder.resolve(script), text).toString());
        shell.environment()
                .putAll(Map.of(
                        "PATH", bin + ":" + System.getenv("PATH"),
                        "BOOTSTRAP", kafka.bootstrap(),
                        "ADMIN", kafka.administrator().toString(),
                        "TOLD", told.toString()));
        Process run = shell.redirectErrorStream(true).start();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (run.waitFor() != 0 || !said.isEmpty()) {
            throw new IOException(script + ": " + said);
        }
        return commands(Files.readAllLines(told));
    }

    private static List<List<String>> commands(List<String> lines) {
        List<List<String>> commands = new ArrayList<>();
        List<String> command = new ArrayList<>();
        for (String line : lines) {
            if (line.isEmpty()) {
                commands.add(List.copyOf(command));
                command.clear();
            } else {
                command.add(line);
            }
        }
        return commands;
    }

    /* The first status counts: the tool takes the exception that we throw for its end as one more error. */
    /** Runs one, with Kafka's own tool. */
    public static void play(List<String> command) {
        AtomicReference<Integer> status = new AtomicReference<>(0);
        Exit.setExitProcedure((code, message) -> {
            status.compareAndSet(0, code == 0 ? ENDED_WELL : code);
            throw new Ended();
        });
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            run(command.get(0), command.subList(1, command.size()).toArray(String[]::new));
        } catch (Ended ended) {
            if (status.get() != ENDED_WELL) {
                throw new IllegalStateException(command + " ended with " + status + ": " + said);
            }
        } finally {
            System.setOut(out);
        }
    }

    private static void run(String tool, String[] arguments) {
        switch (tool) {
            case "kafka-topics.sh" -> TopicCommand.main(arguments);
            case "kafka-acls.sh" -> AclCommand.main(arguments);
            case "kafka-configs.sh" -> ConfigCommand.main(arguments);
            default -> throw new IllegalArgumentException("no such tool: " + tool);
        }
    }

    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Ended() {
            super("ended", null, false, false);
        }
    }
}
