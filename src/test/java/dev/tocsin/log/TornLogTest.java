package dev.tocsin.log;

import static dev.tocsin.log.Samples.health;
import static dev.tocsin.log.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bus.Told;
import dev.tocsin.health.Stream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F67: what a crash tears and a bad disk flips. */
class TornLogTest {
    private static final int RECORDS = 2;

    @TempDir
    Path data;

    private Path file = Path.of("");
    private byte[] whole = new byte[0];

    @BeforeEach
    void twoRecords() throws Exception {
        try (Opened log = Opened.quick(data)) {
            for (int target = 0; target < RECORDS; target++) {
                log.append(health(target, 1));
            }
        }
        file = Opened.files(data, Stream.HEALTH).get(0);
        whole = Files.readAllBytes(file);
    }

    @Test
    @DisplayName("F67: a log cut anywhere comes back up to its last whole line")
    void aLogCutAnywhereComesBackUpToItsLastWholeLine() throws Exception {
        for (int cut = 0; cut <= whole.length; cut++) {
            byte[] left = Arrays.copyOf(whole, cut);
            Files.write(file, left);
            int lines = lines(left);

            try (Opened log = Opened.quick(data)) {
                assertThat(log.restored()).as("cut at " + cut).hasSize(lines);
                assertThat(log.report.brokenLines()).as("cut at " + cut).isZero();
                assertThat(log.append(health(9, 1))).extracting(Told::offset).containsExactly((long) lines);
            }
            if (cut % 16 != 0) {
                continue;
            }
            try (Opened log = Opened.quick(data)) {
                assertThat(log.restored()).as("after a cut at " + cut).hasSize(lines + 1);
                assertThat(log.report).isEqualTo(new Restore.Report(lines + 1, 0, 0));
            }
        }
    }

    @Test
    @DisplayName("F67: a flipped bit costs its line and no other")
    void aFlippedBitCostsItsLineAndNoOther() throws Exception {
        Random random = new Random(67);
        for (int round = 0; round < 500; round++) {
            int at = random.nextInt(whole.length);
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            boolean feed = whole[at] == '\n';
            boolean last = at == whole.length - 1;

            try (Opened log = Opened.quick(data)) {
                assertThat(log.restored()).as("flip at " + at).hasSize(RECORDS - (feed && !last ? 2 : 1));
                assertThat(log.report.brokenLines()).as("flip at " + at).isLessThanOrEqualTo(2);
                assertThat(log.append(health(9, 1)).get(0).offset())
                        .as("flip at " + at)
                        .isGreaterThanOrEqualTo(feed ? RECORDS - 1 : RECORDS);
            }
            try (Opened log = Opened.quick(data)) {
                assertThat(log.restored.health())
                        .as("flip at " + at)
                        .anyMatch(delta -> delta.target().id().equals(Samples.key(9)));
            }
        }
    }

    @Test
    void aFileOfZeroesAfterALossOfPowerIsCut() throws Exception {
        Files.write(file, Arrays.copyOf(whole, whole.length + 10_000));

        try (Opened log = Opened.quick(data)) {
            assertThat(log.report).isEqualTo(new Restore.Report(RECORDS, 0, 10_000));
        }

        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @Test
    void recordsOfAnotherStreamAreBrokenLines() throws Exception {
        Path strange = Opened.folder(data, Stream.OUTAGES).resolve(file.getFileName());
        Files.write(strange, whole);

        try (Opened log = Opened.quick(data)) {
            assertThat(log.report.brokenLines()).isEqualTo(RECORDS);
            assertThat(texts(log.restored())).hasSize(RECORDS);
            assertThat(log.restored.outages()).isEmpty();
            assertThat(log.append(Samples.ofOutage("api", 1)))
                    .extracting(Told::offset)
                    .isEqualTo(List.of((long) RECORDS));
        }
    }

    private static int lines(byte[] bytes) {
        int lines = 0;
        for (byte b : bytes) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }
}
