package dev.tocsin.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The hashes of the logs of some seeds, a line each. */
final class LogHashes {
    private LogHashes() {}

    /** @param args the first seed, and how many */
    public static void main(String[] args) {
        System.out.print(of(Long.parseLong(args[0]), Long.parseLong(args[1])));
    }

    static String of(long first, long seeds) {
        return LongStream.range(first, first + seeds)
                .mapToObj(seed -> seed + " " + Simulation.logHash(seed) + "\n")
                .collect(Collectors.joining());
    }

    /** The same in another process, where the hashes of objects, and so the orders of hash tables, are others. */
    static String elsewhere(long first, long seeds) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process java = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:hashCode=2",
                        "-cp",
                        classes,
                        LogHashes.class.getName(),
                        Long.toString(first),
                        Long.toString(seeds)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(java.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> line.matches("[0-9]+ [0-9a-f]{64}"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
