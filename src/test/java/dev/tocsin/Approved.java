package dev.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that somebody has read and found good, under {@code src/test/resources}. With {@code -Dapprove=true} they are
 * written anew, to be read again before they are committed.
 */
public final class Approved {
    private static final Path FOLDER = Path.of("src/test/resources");

    private Approved() {}

    /** Holds a text against the approved one of that name. */
    public static void isSame(String name, String text) {
        Path file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean("approve")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
            assertThat(text).as(file + " (-Dapprove=true writes it)").isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
