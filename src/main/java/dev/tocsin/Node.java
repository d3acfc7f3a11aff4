package dev.tocsin;

import dev.tocsin.bus.Addresses;
import dev.tocsin.bus.Clock;
import dev.tocsin.bus.Reference;
import dev.tocsin.bus.Restored;
import dev.tocsin.config.SecretReader;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.config.TocsinConfig;
import dev.tocsin.correlate.CorrelatorVerticle;
import dev.tocsin.correlate.SourceWatchVerticle;
import dev.tocsin.health.Source;
import dev.tocsin.kafka.PublisherVerticle;
import dev.tocsin.log.LogVerticle;
import dev.tocsin.poll.LoopLag;
import dev.tocsin.poll.PollerVerticle;
import dev.tocsin.source.CauseMemo;
import dev.tocsin.source.ScrapeErrors;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is deployed, in which order: consumers, the publisher, the log with what it remembers or was published, the correlators, pollers last; taken
 * down in reverse. Thread-safe: started once, stopped once.
 */
final class Node {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final int EVENT_LOOPS = VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;
    /* A record may live for days; a source that moves shall be found again within a round or two. */
    private static final int ADDRESS_SECONDS_MAX = 30;

    private final TocsinConfig config;
    private final List<Deployable> consumers;
    private final Vertx vertx;
    private final Clock clock;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final LogVerticle log;
    private final List<PublisherVerticle> publishers;
    private final ConcurrentLinkedDeque<Queue<String>> deployed = new ConcurrentLinkedDeque<>();
    private final Promise<Void> over = Promise.promise();

    Node(TocsinConfig config, List<Deployable> consumers, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.consumers = consumers;
        /* Nothing is served from the class path, so there is no need for a cache folder on the disk. */
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setAddressResolverOptions(new AddressResolverOptions().setCacheMaxTimeToLive(ADDRESS_SECONDS_MAX))
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        vertx.exceptionHandler(this::uncaught);
        Reference.register(vertx);
        this.log = new LogVerticle(config.data(), config.nodeName(), meters, clock);
        this.publishers = config.kafka() == null
                ? List.of()
                : List.of(new PublisherVerticle(
                        config.kafka(), config.nodeName(), ours(), new SecretReader(System.getenv()), meters));
        publishers.forEach(publisher -> log.takeOver(publisher::takeOver));
    }

    /** Ready when the first polls are planned; fails with the log's {@code IOException} when the data folder is not ours. */
    Future<Void> start() {
        return deploy(consumers)
                .compose(done -> deploy(publishers))
                .compose(done -> deploy(List.of(log)))
                .compose(done -> goOnFrom(log.restored()));
    }

    /* The log forgets what it restored as soon as it has told it. */
    private Future<Void> goOnFrom(Restored restored) {
        return deploy(deciders(restored)).compose(done -> {
            log.tellRestored();
            Remembered remembered = new Remembered(restored);
            remembered.end(sources(), config.health().absentFor(), clock.now()).forEach(batch -> vertx.eventBus()
                    .publish(Addresses.BATCHES, batch));
            return deploy(pollers(remembered, restored.epoch()));
        });
    }

    /** Fails when the log cannot go on, or the machine under us cannot; never succeeds. */
    Future<Void> over() {
        log.over().onFailure(over::tryFail);
        publishers.forEach(publisher -> publisher.over().onFailure(over::tryFail));
        return over.future();
    }

    /* Whoever ran out of memory has lost its place, and would be silent from now on: a poller without a next round, a
     * correlator without a timer. Started again, we remember. */
    private void uncaught(Throwable bug) {
        if (bug instanceof VirtualMachineError) {
            over.tryFail(bug);
        }
        LOG.atError().setCause(bug).log("an event loop caught what nobody expected");
    }

    /** Takes down what was started, in reverse, then the rest. */
    Future<Void> stop() {
        Queue<String> last = deployed.pollLast();
        if (last == null) {
            return vertx.close();
        }
        return Future.join(last.stream().map(vertx::undeploy).toList()).transform(ended -> stop());
    }

    private List<Deployable> deciders(Restored restored) {
        List<Deployable> deciders = new ArrayList<>();
        deciders.add(new CorrelatorVerticle(config.rules(), restored, meters, clock));
        deciders.add(new SourceWatchVerticle(sources(), config.nodeName(), config.outages(), restored, clock));
        for (int loop = 0; loop < EVENT_LOOPS; loop++) {
            deciders.add(new LoopLag(meters));
        }
        return deciders;
    }

    private List<Deployable> pollers(Remembered remembered, long epoch) {
        ScrapeErrors errors = ScrapeErrors.load();
        List<Deployable> pollers = new ArrayList<>();
        for (SourceConfig source : config.sources()) {
            String name = source.source().name();
            pollers.add(new PollerVerticle(
                    source,
                    config.limits(),
                    config.health(),
                    new CauseMemo(errors),
                    epoch,
                    List.copyOf(remembered.health(name)),
                    List.copyOf(remembered.findings(name)),
                    remembered.observedUntil(name),
                    config.sources().size(),
                    meters,
                    clock));
        }
        return pollers;
    }

    /* Under a cluster's name only its correlator writes, and its pollers: both run here. */
    private Set<String> ours() {
        Set<String> ours = new HashSet<>(Set.of(config.nodeName()));
        sources().forEach(source -> ours.add(source.cluster()));
        return ours;
    }

    private List<Source> sources() {
        return config.sources().stream().map(SourceConfig::source).toList();
    }

    private Future<Void> deploy(List<? extends Deployable> verticles) {
        ConcurrentLinkedQueue<String> ids = new ConcurrentLinkedQueue<>();
        deployed.add(ids);
        return Future.join(verticles.stream()
                        .map(verticle -> vertx.deployVerticle(verticle).onSuccess(ids::add))
                        .toList())
                .mapEmpty();
    }
}
