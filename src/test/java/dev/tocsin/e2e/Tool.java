package dev.tocsin.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program or library that a test needs, and the Debian package that has it: where it is missing the test fails. Its
 * absolute path may be given in an environment variable of the constant's name.
 */
enum Tool {
    FAKETIME("libfaketimeMT.so.1", "faketime"),
    IP("ip", "iproute2"),
    KCAT("kcat", "kcat"),
    NFT("nft", "nftables"),
    PROMETHEUS("prometheus", "prometheus"),
    PROMTOOL("promtool", "prometheus"),
    STRACE("strace", "strace"),
    SYSTEMD_ANALYZE("systemd-analyze", "systemd");

    private final String file;
    private final String debianPackage;

    Tool(String file, String debianPackage) {
        this.file = file;
        this.debianPackage = debianPackage;
    }

    String path() {
        String named = System.getenv(name());
        if (named != null && named.startsWith("/")) {
            return named;
        }
        return folders().stream()
                .map(folder -> folder.resolve(file))
                .filter(Files::exists)
                .map(Path::toString)
                .findFirst()
                .orElseGet(() -> fail(
                        "this test needs %s: it is not on the PATH and %s does not name it; on Debian: apt-get install"
                                        .formatted(file, name())
                                + " --no-install-recommends " + debianPackage));
    }

    private static List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            folders.add(Path.of(folder));
        }
        /* The PATH of a user may lack the first two; a library's folder is named after the machine. */
        folders.add(Path.of("/usr/sbin"));
        folders.add(Path.of("/sbin"));
        try (DirectoryStream<Path> machines = Files.newDirectoryStream(Path.of("/usr/lib"))) {
            machines.forEach(machine -> folders.add(machine.resolve("faketime")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folders;
    }
}
