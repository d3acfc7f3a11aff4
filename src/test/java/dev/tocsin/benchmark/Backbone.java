package dev.tocsin.benchmark;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Clock;
import dev.tocsin.bus.Reference;
import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.SecretReader;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.kafka.PublisherVerticle;
import dev.tocsin.log.LogVerticle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What writes down what a poll says, as a node deploys it: the publisher and the log. Thread-safe: the bus is. */
final class Backbone implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final String NODE = "bench";

    private final Vertx vertx = Vertx.vertx();
    final long epoch;

    Backbone(Path data, KafkaConfig kafka, String cluster) throws Exception {
        Reference.register(vertx);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        PublisherVerticle publisher =
                new PublisherVerticle(kafka, NODE, Set.of(NODE, cluster), new SecretReader(Map.of()), meters);
        LogVerticle log = new LogVerticle(data, NODE, meters, Clock.system());
        deploy(publisher);
        deploy(log);
        epoch = log.restored().epoch();
        log.tellRestored();
    }

    private void deploy(Deployable verticle) throws Exception {
        vertx.deployVerticle(verticle).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void publish(DeltaBatch batch) {
        vertx.eventBus().publish(Addresses.BATCHES, batch);
    }

    @Override
    public void close() {
        vertx.close();
    }
}
