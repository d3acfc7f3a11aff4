package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StdoutTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void whatWasPrintedIsWrittenAtTheEndInUtf8() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Stdout stdout = new Stdout(bytes);
        stdout.writer().print("Zürich\n");

        int status = stdout.close(2, new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(status).isEqualTo(2);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("Zürich\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
