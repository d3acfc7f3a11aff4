package dev.tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReaderTest {
    @TempDir
    Path folder;

    private final SecretReader reader = new SecretReader(Map.of("TOKEN", "t0ken"));

    @Test
    void aRotatedFileCountsAtTheNextCall() throws IOException {
        Path file = folder.resolve("s");
        Files.writeString(file, "one\n");
        Secret first = reader.read(new SecretRef.InFile(file));
        Files.writeString(file, "two \r\n");

        Secret second = reader.read(new SecretRef.InFile(file));

        assertThat(first.value()).isEqualTo("one");
        assertThat(second.value()).isEqualTo("two ");
        assertThat(second).hasToString("***");
    }

    @Test
    void anEnvironmentVariableIsRead() throws IOException {
        assertThat(reader.read(new SecretRef.InEnvironment("TOKEN")).value()).isEqualTo("t0ken");
        assertThatThrownBy(() -> reader.read(new SecretRef.InEnvironment("NOPE")))
                .isInstanceOf(IOException.class)
                .hasMessage("the environment variable NOPE is not set");
    }

    @Test
    void whatCannotBeASecretIsToldWithoutShowingIt() throws IOException {
        Path file = folder.resolve("s");
        SecretRef ref = new SecretRef.InFile(file);
        assertThatThrownBy(() -> reader.read(ref)).hasMessage("there is no secret file " + file);
        Files.writeString(file, "\n");
        assertThatThrownBy(() -> reader.read(ref)).hasMessage("the secret file " + file + " is empty");
        Files.writeString(file, "hunter2\nX-Evil: 1\n");
        assertThatThrownBy(() -> reader.read(ref))
                .hasMessageContaining("line end")
                .hasMessageNotContaining("hunter2");
        Files.write(file, new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> reader.read(ref)).hasMessage("the secret file " + file + " is no UTF-8 text");
        Files.write(file, new byte[(64 << 10) + 1]);
        assertThatThrownBy(() -> reader.read(ref)).hasMessage("the secret file " + file + " has more than 64 KiB");
    }
}
