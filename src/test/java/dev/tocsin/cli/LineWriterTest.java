package dev.tocsin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineWriterTest {
    @Test
    void whatWasTakenIsWrittenBeforeTheEnd() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        try (LineWriter writer = new LineWriter(out, why -> {})) {
            writer.write("one".getBytes(StandardCharsets.UTF_8));
            writer.write("two".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\n");
    }

    @Test
    void aReaderThatWentIsToldOnce() throws InterruptedException {
        CountDownLatch broken = new CountDownLatch(1);
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        try (LineWriter writer = new LineWriter(closed, why -> broken.countDown())) {
            writer.write(new byte[] {'x'});

            assertThat(broken.await(5, TimeUnit.SECONDS)).isTrue();
            writer.write(new byte[] {'y'});
        }
    }
}
