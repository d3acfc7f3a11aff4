package dev.tocsin.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The terminal that stdout is, when it is one. Stateless. */
final class Screen {
    /** Time, word, and something to read beside them. */
    static final int WIDTH_MIN = 40;

    static final int WIDTH_MAX = 1_000;
    private static final int WIDTH_USUAL = 80;
    private static final Path STDOUT = Path.of("/proc/self/fd/1");

    private Screen() {}

    /** Whether text may be coloured. */
    static boolean colour(Map<String, String> environment) {
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return wanted && isTerminal();
    }

    /** Its columns: as {@code COLUMNS} has them, else as it says itself; {@link Output#UNWRAPPED} when it is none. */
    static int width(Map<String, String> environment) {
        if (!isTerminal()) {
            return Output.UNWRAPPED;
        }
        int wanted = number(environment.getOrDefault("COLUMNS", "")).orElseGet(() -> asked().orElse(WIDTH_USUAL));
        return Math.max(WIDTH_MIN, Math.min(WIDTH_MAX, wanted));
    }

    /* Since JDK 22 there is a console also without a terminal, and before it wants stdin to be one as well; so the
     * kernel is asked where there is one to ask. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(STDOUT).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return Runtime.version().feature() < 22 && System.console() != null;
        }
    }

    /* Rows and columns; Java cannot ask for them. */
    private static OptionalInt asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File(STDOUT.toString()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return OptionalInt.empty();
            }
            String said = new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII);
            return number(said.replaceFirst("^\\d+ ", "").strip());
        } catch (IOException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /* A terminal that does not know its size says 0. */
    private static OptionalInt number(String text) {
        return text.matches("[1-9][0-9]{0,4}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
