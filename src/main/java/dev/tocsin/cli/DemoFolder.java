package dev.tocsin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the log of a demo is: a folder that was named and stays, or one of its own that goes. Immutable. */
record DemoFolder(Path path, boolean temporary) implements AutoCloseable {
    /** @param named null for one that is removed at the end */
    static DemoFolder of(@Nullable Path named) throws IOException {
        return named == null
                ? new DemoFolder(Files.createTempDirectory("tocsin-demo-"), true)
                : new DemoFolder(named.toAbsolutePath().normalize(), false);
    }

    /** Said to the user. */
    String told() {
        return "the event log is in " + Printable.of(path.toString(), 4096)
                + (temporary ? " until the end; --data DIR keeps it" : "");
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            try (Stream<Path> files = Files.walk(path)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.delete(file);
                }
            }
        }
    }
}
