package dev.tocsin.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs all benchmarks, each in a process of its own, and prints one table. */
public final class Benchmarks {
    /** A program that prints rows, and the options of its JVM. */
    private record Program(String mainClass, List<String> options) {
        static Program of(String mainClass, String... options) {
            return new Program(mainClass, List.of(options));
        }
    }

    private static final List<Program> PROGRAMS = List.of(
            Program.of("dev.tocsin.benchmark.UnchangedPoll", "-Xmx1g"),
            Program.of("dev.tocsin.benchmark.TraefikPoll", "-Xmx1g"),
            Program.of("dev.tocsin.benchmark.TableHeap", "-Xmx1g"),
            /* The collector that runs on the thread it serves: "on one core" includes garbage. */
            Program.of("dev.tocsin.benchmark.Storm", "-Xmx3g", "-XX:+UseSerialGC"),
            Program.of("dev.tocsin.benchmark.AnswersInFlight", "-Xmx3g"),
            Program.of("dev.tocsin.benchmark.ThousandSources", "-Xmx1g"),
            Program.of("dev.tocsin.benchmark.FiveHundredTraefiks", "-Xmx1g"),
            Program.of("dev.tocsin.benchmark.StartUp"),
            Program.of("dev.tocsin.benchmark.KafkaStorm", "-Xmx2g"),
            Program.of("dev.tocsin.benchmark.OutboxHeap", "-Xmx2g"),
            Program.of("dev.tocsin.benchmark.FlipToAck", "-Xmx1g"));

    /* Several times of what the longest takes on a machine with nothing else to do. */
    private static final long MINUTES_MAX = 10;

    private Benchmarks() {}

    /** Arguments: parts of the names of the programs to run; none means all. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        boolean broken = false;
        for (Program program : PROGRAMS) {
            if (args.length == 0 || List.of(args).stream().anyMatch(program.mainClass::contains)) {
                broken |= !run(program, rows);
            }
        }
        print(rows);
        boolean failed = rows.stream().anyMatch(row -> row.failed() && row.strict());
        if (broken || (failed && strict())) {
            System.exit(1);
        }
    }

    private static boolean strict() {
        String value = System.getProperty("benchmark.strict", "false");
        return !value.equals("false");
    }

    private static boolean run(Program program, List<Row> rows) throws IOException, InterruptedException {
        System.out.println("... " + program.mainClass);
        Path folder = Files.createTempDirectory("tocsin-benchmark");
        try {
            return run(program, folder, rows);
        } finally {
            StartUp.delete(folder);
        }
    }

    /* What it leaves when it is ended lies in its folder. */
    private static boolean run(Program program, Path folder, List<Row> rows) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(program.options);
        options.add("-Djava.io.tmpdir=" + folder);
        Process process = child(options, program.mainClass)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        CompletableFuture.delayedExecutor(MINUTES_MAX, TimeUnit.MINUTES).execute(() -> end(process));
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                System.out.println("    " + line);
                if (Row.isRow(line)) {
                    rows.add(Row.parse(line));
                }
            }
        }
        boolean well = process.waitFor() == 0;
        if (!well) {
            System.out.println("    broke: " + program.mainClass + " ended with " + process.exitValue());
        }
        return well;
    }

    /* With the servers that it has started. */
    private static void end(Process process) {
        if (process.isAlive()) {
            System.out.println("    takes longer than " + MINUTES_MAX + " minutes, and is ended");
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** A JVM with our class path. */
    public static ProcessBuilder child(List<String> options, String mainClass, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    private static void print(List<Row> rows) {
        System.out.println();
        System.out.println(Runtime.getRuntime().availableProcessors() + " cores, JDK " + Runtime.version() + ", "
                + LocalDate.now());
        System.out.println();
        List<List<String>> lines = new ArrayList<>();
        lines.add(Row.HEADER);
        rows.forEach(row -> lines.add(row.cells()));
        int columns = Row.HEADER.size();
        int[] widths = new int[columns];
        Arrays.fill(widths, 1); // of the rule, where a column is empty
        lines.forEach(line -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        for (int n = 0; n < lines.size(); n++) {
            System.out.println(line(lines.get(n), widths));
            if (n == 0) {
                List<String> rule = new ArrayList<>();
                for (int width : widths) {
                    rule.add("-".repeat(width));
                }
                System.out.println(line(rule, widths));
            }
        }
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            line.append(' ')
                    .append(cell)
                    .append(" ".repeat(widths[i] - cell.length()))
                    .append(" |");
        }
        return line.toString();
    }
}
