package dev.tocsin.log;

import dev.tocsin.bus.Recalled;
import dev.tocsin.bus.Restored;
import dev.tocsin.bus.Told;
import dev.tocsin.health.Stream;
import dev.tocsin.wire.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An event log of a test, opened on a folder. */
final class Opened implements AutoCloseable {
    final EventLog log;
    final Restored restored;
    final Restore.Report report;

    private Opened(EventLog.Start start) {
        log = start.log();
        restored = start.restored();
        report = start.report();
    }

    static Opened at(Path data) throws IOException {
        return recalling(Recalled.NOTHING, data);
    }

    static Opened recalling(Recalled recalled, Path data) throws IOException {
        return at(data, new Disk(), LogOptions.DEFAULTS.segmentBytes(), recalled);
    }

    static Opened quick(Path data) throws IOException {
        return at(data, FaultyDisk.quick(), LogOptions.DEFAULTS.segmentBytes());
    }

    static Opened at(Path data, Storage storage, long segmentBytes) throws IOException {
        return at(data, storage, segmentBytes, Recalled.NOTHING);
    }

    private static Opened at(Path data, Storage storage, long segmentBytes, Recalled recalled) throws IOException {
        DataFolder folder = DataFolder.open(data, "tocsin-1", storage);
        try {
            return new Opened(EventLog.open(folder, storage, options(segmentBytes), recalled));
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    static LogOptions options(long segmentBytes) {
        return new LogOptions(
                segmentBytes,
                Duration.ofMillis(1),
                4096,
                Duration.ofMillis(5),
                10,
                100_000,
                Duration.ofHours(1),
                Duration.ofDays(7),
                Duration.ofHours(1),
                Duration.ofSeconds(5));
    }

    List<Told> append(Event... events) {
        EventLog.Saved saved = log.append(List.of(events));
        if (saved.failure() != null) {
            throw new AssertionError("the disk refused", saved.failure());
        }
        return saved.told();
    }

    /** All that it remembers, as events. */
    List<Event> restored() {
        return events(restored);
    }

    static List<Event> events(Restored restored) {
        List<Event> events = new ArrayList<>();
        restored.health().forEach(delta -> events.add(new Event.OfHealth(delta)));
        restored.outages().forEach(outage -> events.add(new Event.OfOutage(outage)));
        restored.findings().forEach(finding -> events.add(new Event.OfFinding(finding)));
        restored.watermarks().forEach(watermark -> events.add(new Event.OfWatermark(watermark)));
        return events;
    }

    static Path folder(Path data, Stream stream) {
        return data.resolve("log").resolve(stream.text());
    }

    /** The files of a stream, in order. */
    static List<Path> files(Path data, Stream stream) throws IOException {
        try (var files = Files.list(folder(data, stream))) {
            return files.sorted().toList();
        }
    }

    /** The whole lines of a stream. */
    static List<String> lines(Path data, Stream stream) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files(data, stream)) {
            lines.addAll(Files.readAllLines(file, StandardCharsets.US_ASCII));
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
