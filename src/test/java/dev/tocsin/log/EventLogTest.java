package dev.tocsin.log;

import static dev.tocsin.log.Samples.NOON;
import static dev.tocsin.log.Samples.health;
import static dev.tocsin.log.Samples.ofOutage;
import static dev.tocsin.log.Samples.texts;
import static dev.tocsin.log.Samples.tombstone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.bus.Recalled;
import dev.tocsin.bus.Told;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Envelope;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.RecordRefused;
import dev.tocsin.wire.RecordSchemas;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    @TempDir
    Path data;

    @Test
    void anEmptyFolderIsTheFirstEpoch() throws Exception {
        try (Opened log = Opened.at(data)) {
            assertThat(log.restored.epoch()).isEqualTo(1);
            assertThat(log.restored()).isEmpty();
        }
    }

    @Test
    void theLastRecordOfEachKeyComesBack() throws Exception {
        try (Opened log = Opened.at(data)) {
            log.append(health(1, 1), health(2, 1), ofOutage("api", 1), health(1, 2));
            log.append(new Event.OfFinding(Samples.finding("node", 1)), ofOutage("api", 2));
        }

        try (Opened log = Opened.at(data)) {
            assertThat(texts(log.restored()))
                    .containsExactlyInAnyOrderElementsOf(texts(List.of(
                            health(1, 2),
                            health(2, 1),
                            ofOutage("api", 2),
                            new Event.OfFinding(Samples.finding("node", 1)))));
        }
    }

    @Test
    void aTombstoneEndsItsKey() throws Exception {
        try (Opened log = Opened.at(data)) {
            log.append(health(1, 1), health(2, 1), tombstone(1, 2, NOON), tombstone(2, 2, NOON), health(2, 1));
        }

        try (Opened log = Opened.at(data)) {
            assertThat(texts(log.restored())).isEqualTo(texts(List.of(health(2, 1))));
        }
    }

    @Test
    void whatWasPublishedComesBackToAnEmptyFolderAndStaysThere() throws Exception {
        Recalled recalled = recalled(health(1, 4), ofOutage("api", 3), tombstone(2, 2, NOON));

        try (Opened log = Opened.recalling(recalled, data)) {
            assertThat(log.restored.epoch()).isEqualTo(2);
            assertThat(texts(log.restored())).isEqualTo(texts(List.of(health(1, 4), ofOutage("api", 3))));
        }

        try (Opened log = Opened.at(data)) {
            assertThat(log.restored.epoch()).isEqualTo(3);
            assertThat(texts(log.restored())).isEqualTo(texts(List.of(health(1, 4), ofOutage("api", 3))));
        }
    }

    @Test
    void ofAFolderAndOfWhatWasPublishedTheLaterOfEachKeyCounts() throws Exception {
        try (Opened log = Opened.at(data)) {
            log.append(health(1, 3), health(2, 1), ofOutage("api", 2), health(3, 1), health(4, 1));
            log.append(tombstone(4, 2, NOON.plusSeconds(2)));
        }

        Recalled recalled = recalled(
                health(1, 2), health(2, 2), ofOutage("api", 2), tombstone(3, 2, NOON.plusSeconds(5)), health(4, 1));
        try (Opened log = Opened.recalling(recalled, data)) {
            assertThat(texts(log.restored()))
                    .containsExactlyInAnyOrderElementsOf(
                            texts(List.of(health(1, 3), health(2, 2), ofOutage("api", 2))));
        }

        assertThat(Opened.lines(data, Stream.HEALTH))
                .as("two that it did not have")
                .hasSize(7);
        assertThat(Opened.lines(data, Stream.OUTAGES)).hasSize(1);
    }

    private static Recalled recalled(Event... events) throws RecordRefused {
        List<Envelope> records = new ArrayList<>();
        for (Event event : events) {
            records.add(CloudEvents.read(CloudEvents.line(event)));
        }
        return new Recalled(records, 0);
    }

    @Test
    void offsetsGoOnPerStream() throws Exception {
        try (Opened log = Opened.at(data)) {
            assertThat(log.append(health(1, 1), ofOutage("api", 1), health(1, 2)))
                    .extracting(Told::offset)
                    .containsExactly(0L, 0L, 1L);
        }
        try (Opened log = Opened.at(data)) {
            assertThat(log.append(health(1, 3), ofOutage("api", 2)))
                    .extracting(Told::offset)
                    .containsExactly(2L, 1L);
        }

        assertThat(Opened.files(data, Stream.HEALTH)).hasSize(1);
        assertThat(Opened.lines(data, Stream.HEALTH)).hasSize(3);
    }

    @Test
    void everyStartIsAnotherEpochEvenOneThatWroteNothing() throws Exception {
        for (long epoch = 1; epoch <= 3; epoch++) {
            try (Opened log = Opened.at(data)) {
                assertThat(log.restored.epoch()).isEqualTo(epoch);
            }
        }
    }

    @Test
    @DisplayName("I6: the epoch is above that of every record without the file too")
    void theEpochIsAboveThatOfEveryRecordWithoutTheFileToo() throws Exception {
        try (Opened log = Opened.at(data)) {
            log.append(health(1, 1));
        }
        Files.delete(data.resolve("epoch"));

        try (Opened log = Opened.at(data)) {
            assertThat(log.restored.epoch()).isEqualTo(2);
        }
    }

    @Test
    void aFileThatIsFullIsFollowedByANewOne() throws Exception {
        try (Opened log = Opened.at(data, new Disk(), 1500)) {
            for (int seq = 1; seq <= 10; seq++) {
                log.append(health(1, seq));
            }
        }

        assertThat(Opened.files(data, Stream.HEALTH)).hasSize(5).first().satisfies(file -> assertThat(file)
                .hasFileName("00000000000000000000.ndjson"));
        assertThat(Opened.lines(data, Stream.HEALTH)).hasSize(10);
        try (Opened log = Opened.at(data)) {
            assertThat(texts(log.restored())).isEqualTo(texts(List.of(health(1, 10))));
        }
    }

    @Test
    void linesOfTheLogHoldAgainstTheirSchema() throws Exception {
        try (Opened log = Opened.at(data)) {
            log.append(health(1, 1), health(1, 2), ofOutage("api", 1), tombstone(1, 3, NOON));
        }

        for (Stream stream : List.of(Stream.HEALTH, Stream.OUTAGES)) {
            for (String line : Opened.lines(data, stream)) {
                assertThat(RecordSchemas.mistakes(line)).as(line).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("F77: a folder of a later format is refused")
    void aFolderOfALaterFormatIsRefused() throws Exception {
        Files.writeString(data.resolve("format"), "2\n");

        assertThatThrownBy(() -> Opened.at(data))
                .isInstanceOf(FolderRefused.class)
                .hasMessage(data.resolve("format") + ": got version 2, want at most 1: the folder was written by a"
                        + " newer Tocsin; start that version, or give another folder with --data");
    }

    @Test
    @DisplayName("F77: a record of a later version is refused with its place")
    void aRecordOfALaterVersionIsRefusedWithItsPlace() throws Exception {
        try (Opened log = Opened.at(data)) {
            log.append(health(1, 1));
        }
        Path file = Opened.files(data, Stream.HEALTH).get(0);
        String line =
                Files.readString(file).replace("health.v1\"", "health.v2\"").replaceAll(",\"crc32c\".*\n", "}");
        Files.write(file, Seal.close(line.getBytes(StandardCharsets.US_ASCII)));

        assertThatThrownBy(() -> Opened.at(data))
                .isInstanceOf(FolderRefused.class)
                .hasMessageStartingWith(file + ":1: type: got \"dev.tocsin.health.v2\", want at most");
        Files.delete(file);
        Opened.at(data).close();
    }

    @Test
    void aRecordWithoutAWrittenFormIsDroppedAlone() throws Exception {
        try (Opened log = Opened.at(data)) {
            EventLog.Saved saved = log.log.append(List.of(health(1, 1), withoutEvidence(), health(1, 2)));

            assertThat(saved.unwritable()).isEqualTo(1);
            assertThat(saved.told()).extracting(Told::offset).containsExactly(0L, 1L);
        }
    }

    /* What a bug may bring: a record that no form has. */
    @SuppressWarnings("NullAway")
    private static Event withoutEvidence() {
        var good = Samples.delta(1, 1);
        return new Event.OfHealth(
                new dev.tocsin.health.HealthDelta(good.target(), null, good.to(), null, 1, 1, 0, false, false));
    }
}
