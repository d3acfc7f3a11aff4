package dev.tocsin.log;

import static dev.tocsin.log.Samples.health;
import static dev.tocsin.log.Samples.ofOutage;
import static dev.tocsin.log.Samples.text;
import static dev.tocsin.log.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bus.Told;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F65, F66: a disk that is full or broken. */
class RefusingDiskTest {
    @TempDir
    Path data;

    private final FaultyDisk disk = FaultyDisk.quick();

    @ParameterizedTest
    @ValueSource(strings = {"append", "write", "sync", "syncFolder"})
    void whatTheDiskRefusedIsNotToldAndIsWrittenAgainOnce(String change) throws Exception {
        try (Opened log = Opened.at(data, disk, 10_000)) {
            List<Event> events = List.of(health(2, 1), ofOutage("api", 1));
            log.append(health(1, 1));
            if (change.equals("append") || change.equals("syncFolder")) {
                disk.fault((at, file) -> refuse(at.equals("sync")));
                log.log.append(events); // so that the failure meets a file that has to be opened
            }
            disk.fault((at, file) -> refuse(at.equals(change)));

            EventLog.Saved refused = log.log.append(events);
            disk.heal();
            EventLog.Saved saved = log.log.append(refused.rest());

            assertThat(refused.told()).isEmpty();
            assertThat(refused.rest()).isEqualTo(events);
            assertThat(refused.failure()).hasMessage("no space left on device");
            assertThat(saved.told()).extracting(told -> text(told.event())).isEqualTo(texts(events));
        }

        try (Opened log = Opened.at(data, disk, 10_000)) {
            assertThat(texts(log.restored())).containsAll(texts(List.of(health(2, 1), ofOutage("api", 1))));
            assertThat(log.report.tornBytes()).isZero();
            assertThat(log.report.brokenLines()).isZero();
        }
    }

    @Test
    @DisplayName("F66: after a failed synchronisation a new file is begun")
    void afterAFailedSynchronisationANewFileIsBegun() throws Exception {
        try (Opened log = Opened.at(data, disk, 10_000)) {
            log.append(health(1, 1));
            disk.fault((at, file) -> refuse(at.equals("sync")));
            log.log.append(List.of(health(1, 2)));
            disk.heal();

            assertThat(log.append(health(1, 2))).extracting(Told::offset).containsExactly(1L);
        }

        assertThat(Opened.files(data, Stream.HEALTH))
                .extracting(file -> file.getFileName().toString())
                .containsExactly("00000000000000000000.ndjson", "00000000000000000001.ndjson");
    }

    @Test
    void healthThatIsNotSafeKeepsItsOutagesBack() throws Exception {
        try (Opened log = Opened.at(data, disk, 10_000)) {
            disk.fault((at, file) -> refuse(at.equals("sync") && file.toString().contains("health")));

            EventLog.Saved refused = log.log.append(List.of(ofOutage("api", 1), health(1, 1)));

            assertThat(refused.rest()).hasSize(2);
            assertThat(Opened.files(data, Stream.OUTAGES))
                    .allMatch(file -> file.toFile().length() == 0);
        }
    }

    @Test
    @DisplayName("F68: the first outage needs no new file descriptor")
    void theFirstOutageNeedsNoNewFileDescriptor() throws Exception {
        try (Opened log = Opened.at(data, disk, 10_000)) {
            disk.fault((at, file) -> refuse(at.equals("append") || at.equals("syncFolder")));

            assertThat(log.append(health(1, 1), ofOutage("api", 1))).hasSize(2);
        }
    }

    @Test
    void whatAFailedCutLeftBehindDoesNotCount() throws Exception {
        try (Opened log = Opened.at(data, disk, 10_000)) {
            log.append(health(1, 1));
            disk.fault((at, file) -> refuse(at.equals("sync") || at.equals("truncate")));
            log.log.append(List.of(health(1, 2), health(2, 1)));
            disk.heal();

            log.append(health(3, 1));
        }

        /* The first file has two whole lines that nobody was told; the second file's name takes their offsets back. */
        try (Opened log = Opened.at(data, disk, 10_000)) {
            assertThat(texts(log.restored())).isEqualTo(texts(List.of(health(1, 1), health(3, 1))));
        }
    }

    /* The disk refuses anything at random, and now and then we are killed and start again. What was told is there,
     * under its offset; what was not told is there at most as the records that came last. */
    @Test
    void whatWasToldIsRestoredWhateverTheDiskDoes() throws Exception {
        for (long seed = 0; seed < 40; seed++) {
            Path folder = data.resolve("seed-" + seed);
            Random random = new Random(seed);
            Map<Integer, Long> seqs = new HashMap<>();
            Map<Long, String> told = new HashMap<>();
            for (int life = 0; life < 4; life++) {
                disk.heal();
                try (Opened log = Opened.at(folder, disk, 2_000)) {
                    assertThat(texts(log.restored()))
                            .as("seed " + seed)
                            .containsExactlyInAnyOrderElementsOf(fold(told.values(), seqs.size()));
                    disk.fault((at, file) -> refuse(random.nextInt(6) == 0));
                    List<Event> rest = new ArrayList<>();
                    for (int group = 0; group < 15; group++) {
                        if (rest.isEmpty()) {
                            int target = random.nextInt(3);
                            rest.add(health(target, seqs.merge(target, 1L, Long::sum)));
                        }
                        EventLog.Saved saved = log.log.append(rest);
                        saved.told().forEach(record -> told.put(record.offset(), text(record.event())));
                        rest = saved.rest();
                    }
                    disk.heal();
                    log.log.append(rest).told().forEach(record -> told.put(record.offset(), text(record.event())));
                }
            }
            assertThat(told).as("seed " + seed).hasSize((int)
                    seqs.values().stream().mapToLong(n -> n).sum());
        }
    }

    private static List<String> fold(Iterable<String> lines, int keys) {
        Map<String, String> last = new java.util.TreeMap<>();
        Map<String, String> sequence = new HashMap<>();
        for (String line : lines) {
            String key = line.replaceAll(".*\"subject\":\"([^\"]*)\".*", "$1");
            String seq = line.replaceAll(".*\"sequence\":\"([^\"]*)\".*", "$1");
            if (sequence.getOrDefault(key, "").compareTo(seq) < 0) {
                sequence.put(key, seq);
                last.put(key, line);
            }
        }
        assertThat(last).hasSize(keys);
        return List.copyOf(last.values());
    }

    private static void refuse(boolean refused) throws IOException {
        if (refused) {
            throw new IOException("no space left on device");
        }
    }
}
