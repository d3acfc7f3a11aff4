package dev.tocsin.e2e;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** All exporters of a scenario, by job. Confined: the test's thread. */
final class Exporters implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final int vantages;
    private final Map<String, List<Exporter>> byJob = new LinkedHashMap<>();

    Exporters(int vantages) {
        this.vantages = vantages;
    }

    /** Starts {@code count} more instances of a job, {@code <job>-1:8080} and so on. */
    List<Exporter> add(String job, int count) {
        List<Exporter> all = byJob.computeIfAbsent(job, j -> new ArrayList<>());
        for (int i = 0; i < count; i++) {
            all.add(new Exporter(vertx, job + "-" + (all.size() + 1) + ":8080", vantages));
        }
        return List.copyOf(all);
    }

    List<Exporter> of(String job) {
        return List.copyOf(byJob.get(job));
    }

    Map<String, List<Exporter>> all() {
        return Map.copyOf(byJob);
    }

    /** Closes or opens the way between one vantage and all exporters. */
    void cut(int vantage, boolean closed) {
        byJob.values().forEach(job -> job.forEach(exporter -> exporter.cut(vantage, closed)));
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
