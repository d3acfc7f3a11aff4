package dev.tocsin.bugs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A mistake to be made in a copy of one source file. Immutable.
 *
 * @param breaks what it does, one line
 * @param sees the invariant that ought to see it, or what does in its place
 * @param source the file, from the folder of the project
 * @param seed the first seed of the simulation known to catch it, of many; {@link #NO_SEED} when few do
 * @param directed tests that catch it, {@code class#method}
 */
record Bug(
        String name,
        String breaks,
        String sees,
        Path source,
        long seed,
        List<String> directed,
        List<Snippet> snippets) {

    static final long NO_SEED = 0;

    /** The source with the mistake in it. */
    String mistaken() throws IOException {
        String text = Files.readString(source);
        for (Snippet snippet : snippets) {
            text = snippet.applyTo(text);
        }
        return text;
    }

    /** The name of the class that the source is of. */
    String className() {
        Path path = source.subpath(3, source.getNameCount()); // src/main/java/...
        return path.toString().replace('/', '.').replaceFirst("\\.java$", "");
    }

    @Override
    public String toString() {
        return name;
    }
}
