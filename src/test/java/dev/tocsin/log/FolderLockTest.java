package dev.tocsin.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F69. */
class FolderLockTest {
    @TempDir
    Path data;

    @Test
    @DisplayName("F69: a folder of another process is refused with its pid")
    void aFolderOfAnotherProcessIsRefusedWithItsPid() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldLock.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).startsWith("held");

            assertThatThrownBy(() -> Opened.at(data))
                    .isInstanceOf(FolderRefused.class)
                    .hasMessage("data folder " + data + " is in use by another process (pid " + other.pid()
                            + ", node other-node): stop that one, or give this one a folder of its own with --data");
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor()).isNotZero();

        Opened.at(data).close(); // the lock went with its process
    }

    @Test
    void aSecondOpeningInOneProcessIsRefusedAndDoesNotFreeTheLock() throws Exception {
        try (Opened first = Opened.at(data)) {
            first.append(Samples.health(1, 1));
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> Opened.at(data))
                        .isInstanceOf(FolderRefused.class)
                        .hasMessageContaining("pid " + ProcessHandle.current().pid());
            }
        }

        Opened.at(data).close();
    }
}
