package dev.tocsin.benchmark;

import static dev.tocsin.benchmark.Row.number;

import dev.tocsin.health.HealthRules;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import dev.tocsin.health.WaitClock;
import dev.tocsin.source.BodyDecoder;
import dev.tocsin.source.PrometheusTargets;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.source.SourceLimits;
import java.lang.ref.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Heap of one source's memory per target, by the difference of two heaps after a collection: everything, and then the
 * same with the table (and after it what the decoder remembers) let go. The {@link Target} records with their labels and
 * texts, which every record of the log needs, are held throughout.
 */
final class TableHeap {
    private static final int TARGETS = 100_000;
    private static final double TABLE_BYTES_MAX = 220;

    private TableHeap() {}

    public static void main(String[] args) throws Exception {
        Source source = new Source("prom-a", "prom-a", SourceKind.PROMETHEUS);
        WaitClock waits = new WaitClock();
        PrometheusTargets decoded = new PrometheusTargets(source, Map.of(), SourceLimits.DEFAULT);
        HealthTable table = new HealthTable(source, HealthRules.DEFAULT, ScrapeErrors.load(), waits, 1);
        Documents documents = new Documents(TARGETS, 2);
        Target[] targets = null;
        Instant now = Instant.parse("2026-11-20T10:00:00Z");
        for (int poll = 1; poll <= 3; poll++) {
            now = now.plus(Pipeline.INTERVAL);
            BodyDecoder<List<Observation>> decoder = decoded.decoder();
            byte[] document = documents.next(now);
            decoder.feed(document, 0, document.length);
            List<Observation> observations = decoder.finish();
            Moment at = new Moment(now.toEpochMilli(), now);
            waits.beat(at.monoMillis());
            table.poll(
                    new PollResult.Answered(poll, at, now, PollResult.ServerFacts.NONE, observations),
                    Pipeline.INTERVAL);
            targets = observations.stream().map(Observation::target).toArray(Target[]::new);
        }
        documents = null;
        long all = Heap.afterCollection();
        Reference.reachabilityFence(table);
        table = null;
        long withoutTable = Heap.afterCollection();
        Reference.reachabilityFence(decoded);
        decoded = null;
        long withoutDecoder = Heap.afterCollection();
        Reference.reachabilityFence(targets);
        targets = null;
        long nothing = Heap.afterCollection();

        double perTarget = (double) (all - withoutTable) / TARGETS;
        Row.held(
                        "heap of the table per target (100,000)",
                        number("%.0f B", perTarget),
                        "",
                        "",
                        "<= 220 B",
                        perTarget <= TABLE_BYTES_MAX)
                .print();
        Row.told(
                        "  besides: what the decoder remembers of a target",
                        number("%.0f B", (double) (withoutTable - withoutDecoder) / TARGETS),
                        "",
                        "")
                .print();
        Row.told(
                        "  besides: the target with its texts, for records",
                        number("%.0f B", (double) (withoutDecoder - nothing) / TARGETS),
                        "",
                        "")
                .print();
    }
}
