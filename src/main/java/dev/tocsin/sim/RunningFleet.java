package dev.tocsin.sim;

import dev.tocsin.bus.Clock;
import dev.tocsin.health.Moment;
import dev.tocsin.scenario.Command;
import dev.tocsin.scenario.Setting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A fleet that answers over HTTP, each server on a port of its own. Thread-safe: all of it happens on one event loop. */
public final class RunningFleet implements AutoCloseable {
    private static final int SECONDS_MAX = 10;
    private static final int REHEARSALS = 5;

    private final Vertx vertx;
    private final Context context;
    private final Clock clock;
    private final Moment start;
    private final Fleet fleet;
    private final Map<String, Door> doors = new LinkedHashMap<>();

    private RunningFleet(Setting setting, long seed, Clock clock) throws IOException {
        this.clock = clock;
        this.start = clock.now();
        this.fleet = new Fleet(setting, seed, now());
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        this.context = vertx.getOrCreateContext();
        for (Server server : fleet.servers()) {
            doors.put(server.name(), new Door(vertx, server, clock, this::now));
        }
    }

    /**
     * Starts it; returns when all servers have answered.
     *
     * @param seed of all that is random: when a target is scraped, how long it takes, the order of lists
     */
    public static RunningFleet start(Setting setting, long seed, Clock clock) throws IOException {
        RunningFleet fleet = new RunningFleet(setting, seed, clock);
        boolean started = false;
        try {
            fleet.onLoop(() -> {});
            fleet.rehearse();
            started = true;
            return fleet;
        } finally {
            if (!started) {
                fleet.close();
            }
        }
    }

    /** Where each server listens, by name, in the order of the story. */
    public Map<String, URI> urls() {
        Map<String, URI> urls = new LinkedHashMap<>();
        doors.forEach((name, door) -> urls.put(name, door.url()));
        return urls;
    }

    /** Does it, and returns when it is done. */
    void perform(Command command) throws IOException {
        onLoop(() -> fleet.perform(command, now()));
    }

    /* The first answer of a process loads classes, and would be later than the deadline of a hurried story. */
    private void rehearse() throws IOException {
        HttpClient client = vertx.createHttpClient();
        for (int time = 0; time < REHEARSALS; time++) {
            for (Door door : doors.values()) {
                await(client.request(HttpMethod.GET, door.url().getPort(), "127.0.0.1", door.usualPath())
                        .compose(HttpClientRequest::send)
                        .compose(HttpClientResponse::body)
                        .mapEmpty());
            }
        }
        await(client.close());
    }

    private void onLoop(Runnable change) throws IOException {
        Promise<Void> done = Promise.promise();
        context.runOnContext(v -> {
            try {
                change.run();
                List<Future<Void>> follow = new ArrayList<>();
                doors.values().forEach(door -> follow.add(door.follow()));
                Future.join(follow).<Void>mapEmpty().onComplete(done);
            } catch (RuntimeException bug) {
                done.fail(bug);
            }
        });
        await(done.future());
    }

    private static void await(Future<Void> future) throws IOException {
        try {
            future.toCompletionStage().toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the simulated fleet: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("the simulated fleet did not follow within " + SECONDS_MAX + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the simulated fleet was interrupted");
        }
    }

    /* The wall clock of the machine may be set under us; the time of a story goes on. */
    private long now() {
        return start.wall().toEpochMilli() + clock.now().millisSince(start);
    }

    @Override
    public void close() throws IOException {
        await(vertx.close());
        for (Door door : doors.values()) {
            door.close();
        }
    }
}
