package dev.tocsin.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the log of a data folder as any reader could, also while it is written: a torn last line is left out. */
final class FileLog {
    private final Path data;

    FileLog(Path data) {
        this.data = data;
    }

    /** All records of a stream, {@code health outages findings watermarks}, in order. */
    List<Event> read(String stream) {
        Path folder = data.resolve("log").resolve(stream);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Event> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> segments = files.filter(
                            file -> file.getFileName().toString().endsWith(".ndjson"))
                    .sorted(Comparator.comparingLong(FileLog::firstOffset))
                    .toList();
            for (Path segment : segments) {
                String text = Files.readString(segment);
                text.substring(0, text.lastIndexOf('\n') + 1)
                        .lines()
                        .map(Event::parse)
                        .forEach(events::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    /** The open outages: verdict by job. */
    Map<String, String> open() {
        Map<String, String> open = new HashMap<>();
        Invariants.fold(read("outages")).values().stream()
                .filter(outage -> !outage.ended())
                .forEach(outage -> open.put(outage.at("scope.job"), outage.at("verdict")));
        return open;
    }

    /** The last word on each target, by {@code job/instance}. */
    Map<String, String> health() {
        Map<String, String> health = new HashMap<>();
        Invariants.fold(read("health"))
                .values()
                .forEach(event -> health.put(event.at("target.job") + "/" + event.at("target.instance"), event.to()));
        return health;
    }

    /** The ids of all records. */
    Set<String> ids() {
        Set<String> ids = new HashSet<>();
        for (String stream : List.of("health", "outages", "findings", "watermarks")) {
            read(stream).forEach(event -> ids.add(event.eventId()));
        }
        return ids;
    }

    private static long firstOffset(Path segment) {
        return Long.parseLong(segment.getFileName().toString().replace(".ndjson", ""));
    }
}
