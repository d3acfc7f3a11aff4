package dev.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What {@code run -o ndjson} has written so far, over all its runs, in order; each line held against its schema as it
 * comes. Thread-safe: lists that are copied on write; one reader thread per run.
 */
final class Events {
    /* What is awaited comes or it does not; a machine that does other things too brings it later. */
    private static final int PATIENCE = 3;

    private final List<Event> all = new CopyOnWriteArrayList<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();

    /** Reads to the end of one run's standard output, on a thread of its own. */
    Thread read(InputStream out) {
        var reader = new Thread(() -> readAll(out), "events");
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private void readAll(InputStream out) {
        try (var lines = new BufferedReader(new InputStreamReader(out, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
            }
        } catch (IOException killed) {
            /* kill -9 tears the stream; what came before stands. */
        }
    }

    private void take(String line) {
        try {
            Event event = Event.parse(line);
            wrong.addAll(event.mistakes());
            all.add(event);
        } catch (AssertionError e) {
            wrong.add(e.getMessage());
        }
    }

    List<Event> all() {
        assertThat(wrong).as("lines that are not what their schema says").isEmpty();
        return List.copyOf(all);
    }

    /** How many there are now: a mark for {@link #since}. */
    int mark() {
        return all.size();
    }

    List<Event> since(int mark) {
        List<Event> now = all();
        return now.subList(mark, now.size());
    }

    Stream<Event> outages() {
        return all().stream().filter(Event::outage).filter(event -> !event.tombstone());
    }

    Stream<Event> health() {
        return all().stream().filter(Event::health).filter(event -> !event.tombstone());
    }

    /** The first event that matches, now or within that time. */
    Event await(String what, Duration within, Predicate<Event> wanted) {
        return await(what, within, 0, wanted);
    }

    /** The first one after a mark. */
    Event await(String what, Duration within, int mark, Predicate<Event> wanted) {
        try {
            return Awaitility.await(what)
                    .atMost(within.multipliedBy(PATIENCE))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> since(mark).stream().filter(wanted).findFirst(), Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not within " + within + ": " + what + "; what came:\n" + brief(), e);
        }
    }

    Set<String> ids() {
        return all().stream().map(Event::eventId).collect(Collectors.toSet());
    }

    String brief() {
        return all.stream().map(Event::brief).collect(Collectors.joining("\n"));
    }
}
