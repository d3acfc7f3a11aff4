package dev.tocsin.benchmark;

import static dev.tocsin.benchmark.Row.number;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * From the start of the process to the first poll that is answered, as the terminal tells it: the packaged jar on this
 * JVM, with a configuration file and a new data folder, from the archive that {@code docker/Archive.java} makes and
 * without it, in turn.
 */
final class StartUp {
    private static final Path JAR = Path.of("target/tocsin.jar");
    private static final int TARGETS = 100;
    private static final int STARTS = 11;
    private static final double SECONDS_MAX = 0.7;
    private static final String ANSWERED = "1 of 1 source answered";

    private final Path folder;

    private StartUp(Path folder) {
        this.folder = folder;
    }

    /** What one start took; on a busy machine the processors' seconds say more than those on the wall. */
    private record Start(double seconds, double processorSeconds, double megabytes) {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("tocsin-start");
        try (FleetServer.Child server = FleetServer.start(TARGETS)) {
            Files.writeString(
                    folder.resolve("tocsin.yaml"),
                    "sources: [{name: prom-a, kind: prometheus, url: \"http://127.0.0.1:" + server.port + "/a\"}]\n");
            new StartUp(folder).measure();
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private void measure() throws Exception {
        Path archive = folder.resolve("tocsin.jsa");
        makeArchive(archive);
        List<Start> with = new ArrayList<>();
        List<Start> without = new ArrayList<>();
        for (int n = 0; n < STARTS; n++) {
            with.add(start("-XX:SharedArchiveFile=" + archive));
            without.add(start("-Xshare:auto"));
        }
        double ours = median(with.stream().map(Start::seconds));
        double plain = median(without.stream().map(Start::seconds));
        Row.timed(
                        "start of the process to the first poll answered, from the archive",
                        number("%.2f s", ours)
                                + number(
                                        " (%.2f",
                                        with.stream()
                                                .mapToDouble(Start::seconds)
                                                .min()
                                                .orElseThrow())
                                + number(
                                        " to %.2f)",
                                        with.stream()
                                                .mapToDouble(Start::seconds)
                                                .max()
                                                .orElseThrow()),
                        number("without the archive: %.2f s", plain),
                        number("%.1fx", plain / ours),
                        "<= 0.7 s",
                        ours <= SECONDS_MAX)
                .print();
        Row.told(
                        "  time of processors until then, the compiler's among it",
                        number("%.2f s", median(with.stream().map(Start::processorSeconds))),
                        number(
                                "without the archive: %.2f s",
                                median(without.stream().map(Start::processorSeconds))),
                        "")
                .print();
        Row.told(
                        "  resident memory then",
                        number("%.0f MB", median(with.stream().map(Start::megabytes))),
                        number(
                                "without the archive: %.0f MB",
                                median(without.stream().map(Start::megabytes))),
                        "")
                .print();
    }

    private static void makeArchive(Path archive) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(java(), "docker/Archive.java", java(), JAR.toString(), archive.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("docker/Archive.java ended with " + process.exitValue());
        }
    }

    private Start start(String option) throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        long began = System.nanoTime();
        Process process = new ProcessBuilder(
                        java(),
                        option,
                        "-jar",
                        JAR.toAbsolutePath().toString(),
                        "run",
                        "-c",
                        folder.resolve("tocsin.yaml").toString(),
                        "--data",
                        data.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = process.errorReader(StandardCharsets.UTF_8)) {
            String line = said.readLine();
            while (line != null && !line.equals(ANSWERED)) {
                line = said.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("the monitor ended before it said: " + ANSWERED);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            return new Start(seconds, processorSeconds(process), residentMegabytes(process.pid()));
        } finally {
            process.destroy();
            process.waitFor(15, TimeUnit.SECONDS);
            delete(data);
        }
    }

    private static double processorSeconds(Process process) {
        return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    private static double residentMegabytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1e3;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
