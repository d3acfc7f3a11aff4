package dev.tocsin;

import dev.tocsin.bus.Restored;
import dev.tocsin.bus.Told;
import dev.tocsin.correlate.VirtualDeciders;
import dev.tocsin.health.CauseReader;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.WaitClock;
import dev.tocsin.log.VirtualDisk;
import dev.tocsin.log.VirtualLog;
import dev.tocsin.outage.Decided;
import dev.tocsin.outage.RuleBook;
import dev.tocsin.poll.VirtualPoller;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One process of ours from its start to its death, in virtual time: the production rounds, tables, correlators, watch and
 * log. What is missing is what {@link Node} deploys them in: event loops, the bus, HTTP.
 */
public final class VirtualNode {
    private static final int WATERMARKS_SECONDS = 10;

    private final VirtualLog log;
    private final VirtualDeciders deciders;
    private final Map<String, VirtualPoller> pollers = new LinkedHashMap<>();
    private final long epoch;
    private long beats;

    /**
     * What a process is given.
     *
     * @param segmentBytes of a file of the log
     * @param mergeAbove so many records wait for the disk one by one
     */
    public record Settings(
            String node,
            Collection<Source> sources,
            HealthRules health,
            RuleBook outages,
            CauseReader causes,
            Duration interval,
            Duration timeout,
            long segmentBytes,
            int mergeAbove) {}

    /** @throws IOException the folder is another's, or the disk refuses: this process ends with exit status 1 */
    public VirtualNode(Settings settings, VirtualDisk disk, Moment now) throws IOException {
        log = VirtualLog.open(disk, settings.node(), settings.segmentBytes(), settings.mergeAbove());
        Restored restored = log.restored();
        epoch = restored.epoch();
        deciders = new VirtualDeciders(settings.sources(), settings.node(), settings.outages(), restored, now);
        Remembered remembered = new Remembered(restored);
        remembered.end(settings.sources(), settings.health().absentFor(), now).forEach(batch -> told(batch));
        settings.sources().forEach(source -> pollers.put(source.name(), poller(source, settings, remembered, now)));
    }

    private VirtualPoller poller(Source source, Settings settings, Remembered remembered, Moment now) {
        WaitClock waits = new WaitClock();
        HealthTable table = new HealthTable(source, settings.health(), settings.causes(), waits, epoch);
        table.restore(
                List.copyOf(remembered.health(source.name())),
                List.copyOf(remembered.findings(source.name())),
                remembered.observedUntil(source.name()));
        return new VirtualPoller(source.name(), table, waits, settings.interval(), settings.timeout(), now);
    }

    /** A second of its life. @param told takes what is safe in the log, when it is */
    public void beat(Moment now, Function<String, VirtualPoller.Server> servers, Consumer<Told> told) {
        deciders.beat(now);
        pollers.forEach((name, poller) -> poller.beat(now, servers.apply(name)).ifPresent(batch -> {
            told(batch);
            log.save().forEach(told);
        }));
        deciders.tick(now).forEach(this::told);
        if (++beats % WATERMARKS_SECONDS == 0) {
            log.addWatermarks();
        }
        log.save().forEach(told);
    }

    private void told(DeltaBatch batch) {
        log.add(batch);
        deciders.batch(batch).forEach(this::told);
    }

    private void told(Decided decided) {
        if (!decided.nothing()) {
            log.add(decided);
        }
    }

    public VirtualLog log() {
        return log;
    }

    /** The number of this start. */
    public long epoch() {
        return epoch;
    }
}
