package dev.tocsin.log;

import static dev.tocsin.log.Samples.NOON;
import static dev.tocsin.log.Samples.health;
import static dev.tocsin.log.Samples.text;
import static dev.tocsin.log.Samples.texts;
import static dev.tocsin.log.Samples.tombstone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.bus.Told;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
    private static final Instant OLD = NOON.minusSeconds(86_400);
    private static final long SEGMENT_BYTES = 2_500; // two records

    @TempDir
    Path data;

    private final FaultyDisk disk = FaultyDisk.quick();

    @Test
    void oldRecordsStayOnlyWhereTheyAreTheLastOfTheirKey() throws Exception {
        write(health(1, 1, OLD), health(2, 1, OLD), health(1, 2, OLD), health(1, 3, OLD), last());

        compact();

        assertThat(kept()).isEqualTo(texts(List.of(health(2, 1, OLD), health(1, 3, OLD), last())));
    }

    @Test
    void youngRecordsAllStay() throws Exception {
        write(health(1, 1, NOON), health(1, 2, NOON), health(1, 3, NOON), health(1, 4, NOON), last());

        Compaction.Dropped dropped = compact();

        assertThat(dropped.records()).isZero();
        assertThat(kept()).hasSize(5);
    }

    @Test
    void offsetsStay() throws Exception {
        write(health(1, 1, OLD), health(2, 1, OLD), health(1, 2, OLD), health(1, 3, OLD), last());

        compact();

        List<Long> offsets = new ArrayList<>();
        for (String line : Opened.lines(data, Stream.HEALTH)) {
            offsets.add(
                    CloudEvents.read(line.getBytes(StandardCharsets.US_ASCII)).offset());
        }
        assertThat(offsets).containsExactly(1L, 3L, 4L);
        try (Opened log = Opened.at(data, disk, SEGMENT_BYTES)) {
            assertThat(log.append(health(3, 1))).extracting(Told::offset).containsExactly(5L);
        }
    }

    @Test
    void anOldTombstoneGoesWithAllThatItEnded() throws Exception {
        /* Its second record is young by a clock that jumped: it must not come back to life. */
        write(health(1, 1, OLD), health(1, 2, NOON), tombstone(1, 3, OLD), health(2, 1, OLD), last());

        compact();

        assertThat(kept()).isEqualTo(texts(List.of(health(2, 1, OLD), last())));
    }

    /* Found by the simulation, seed 7991. */
    @Test
    void aKeyDoesNotComeBackWhereItsFileIsNotWorthRewriting() throws Exception {
        List<Event> first = new ArrayList<>(List.of(health(1, 1, OLD)));
        for (int target = 10; target < 20; target++) {
            first.add(health(target, 1, OLD));
        }
        try (Opened log = Opened.at(data, disk, 10_000)) {
            log.append(first.toArray(Event[]::new));
            log.append(tombstone(1, 2, OLD));
            for (int seq = 1; seq <= 12; seq++) {
                log.append(health(2, seq, OLD));
            }
            log.append(last());
        }
        assertThat(Opened.files(data, Stream.HEALTH)).hasSize(3);

        compact();

        assertThat(restored(data)).isEqualTo(restoredTexts(first.subList(1, 11), health(2, 12, OLD), last()));
    }

    @Test
    void aYoungTombstoneStays() throws Exception {
        write(health(1, 1, OLD), health(1, 2, OLD), tombstone(1, 3, NOON), health(2, 1, OLD), last());

        compact();

        assertThat(kept()).isEqualTo(texts(List.of(tombstone(1, 3, NOON), health(2, 1, OLD), last())));
    }

    @Test
    void smallFilesBecomeOne() throws Exception {
        write(many());

        compact();

        assertThat(Opened.files(data, Stream.HEALTH)).hasSizeLessThanOrEqualTo(3);
        assertThat(kept()).hasSize(4);
    }

    @Test
    void aSecondCompactionFindsNothingToDo() throws Exception {
        write(many());
        compact();

        assertThat(compact()).isEqualTo(Compaction.Dropped.NOTHING);
    }

    /* Kill -9 before each change that a compaction makes to the folder. */
    @Test
    @DisplayName("F59: a kill at any point loses nothing")
    void aKillAtAnyPointLosesNothing() throws Exception {
        boolean survived = false;
        for (int change = 1; !survived; change++) {
            Path folder = data.resolve("killed-at-" + change);
            write(folder, many());
            List<String> before = restored(folder);
            survived = compactUntil(folder, change);

            assertThat(restored(folder)).as("killed before change " + change).isEqualTo(before);
            compact(folder);
            assertThat(restored(folder))
                    .as("after a kill before change " + change)
                    .isEqualTo(before);
            assertThat(Files.list(Opened.folder(folder, Stream.HEALTH)))
                    .as("after a kill before change " + change)
                    .noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    @Test
    void itEndsWhenItIsStopped() throws Exception {
        write(many());
        Path folder = Opened.folder(data, Stream.HEALTH);
        Compaction compaction = new Compaction(disk, Stream.HEALTH, folder, SEGMENT_BYTES, () -> true);

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> compaction.run(NOON))
                .isInstanceOf(Compaction.Stopped.class);
    }

    private static Event last() {
        return health(9, 1, NOON);
    }

    private static Event[] many() {
        List<Event> events = new ArrayList<>();
        for (int seq = 1; seq <= 8; seq++) {
            for (int target = 0; target < 3; target++) {
                events.add(health(target, seq, OLD.plusSeconds(seq)));
            }
        }
        events.add(tombstone(0, 9, OLD));
        events.add(health(3, 1, OLD));
        events.add(last());
        return events.toArray(Event[]::new);
    }

    private void write(Event... events) throws IOException {
        write(data, events);
    }

    private void write(Path folder, Event... events) throws IOException {
        try (Opened log = Opened.at(folder, disk, 1)) { // a file for each record, the last one open
            for (Event event : events) {
                log.append(event);
            }
        }
    }

    private Compaction.Dropped compact() throws IOException {
        return compact(data);
    }

    private Compaction.Dropped compact(Path folder) throws IOException {
        return new Compaction(disk, Stream.HEALTH, Opened.folder(folder, Stream.HEALTH), SEGMENT_BYTES, () -> false)
                .run(NOON);
    }

    /* A dead process changes nothing any more, nor does it tidy up. */
    private boolean compactUntil(Path folder, int deadAt) throws IOException {
        int[] changes = {0};
        disk.fault((change, file) -> {
            if (++changes[0] >= deadAt) {
                throw new IOException("killed");
            }
        });
        try {
            compact(folder);
            return true;
        } catch (IOException e) {
            assertThat(e).hasMessage("killed");
            return false;
        } finally {
            disk.heal();
        }
    }

    private List<String> restored(Path folder) throws IOException {
        try (Opened log = Opened.at(folder, disk, SEGMENT_BYTES)) {
            return texts(log.restored()).stream().sorted().toList();
        }
    }

    private static List<String> restoredTexts(List<Event> events, Event... more) {
        List<Event> all = new ArrayList<>(events);
        all.addAll(List.of(more));
        return texts(all).stream().sorted().toList();
    }

    private List<String> kept() throws Exception {
        List<String> kept = new ArrayList<>();
        for (String line : Opened.lines(data, Stream.HEALTH)) {
            kept.add(text(
                    CloudEvents.read(line.getBytes(StandardCharsets.US_ASCII)).event()));
        }
        return kept;
    }
}
