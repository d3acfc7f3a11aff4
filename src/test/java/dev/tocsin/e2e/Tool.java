package dev.tocsin.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program or library that a test needs, and the Debian package that has it: where it is missing the test fails. */
enum Tool {
    FAKETIME("libfaketimeMT.so.1", "faketime"),
    IP("ip", "iproute2"),
    NFT("nft", "nftables"),
    STRACE("strace", "strace");

    private final String file;
    private final String debianPackage;

    Tool(String file, String debianPackage) {
        this.file = file;
        this.debianPackage = debianPackage;
    }

    String path() {
        return folders().stream()
                .map(folder -> folder.resolve(file))
                .filter(Files::exists)
                .map(Path::toString)
                .findFirst()
                .orElseGet(() -> fail("this test needs %s, which is not here; on Debian: apt-get install %s"
                        .formatted(file, debianPackage)));
    }

    /* The PATH of a user may lack sbin; a library's folder is named after the machine. */
    private static List<Path> folders() {
        List<Path> folders =
                new ArrayList<>(List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/sbin"), Path.of("/bin")));
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(Path.of("/usr/lib"))) {
            libraries.forEach(machine -> folders.add(machine.resolve("faketime")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folders;
    }
}
