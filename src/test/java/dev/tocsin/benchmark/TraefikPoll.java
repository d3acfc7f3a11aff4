package dev.tocsin.benchmark;

import static dev.tocsin.benchmark.Row.number;
import static dev.tocsin.benchmark.UnchangedPoll.median;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.sun.management.ThreadMXBean;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.SourceState;
import dev.tocsin.source.AnswerRefused;
import dev.tocsin.source.BodyDecoder;
import dev.tocsin.source.TraefikMetrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Polls of a Traefik of 5,000 services of three servers in which nothing changed: bytes of the list to deltas, against
 * Jackson's streaming parser alone over the same bytes, round about in one JVM.
 */
final class TraefikPoll {
    private static final int SERVICES = 5_000;
    private static final int TARGETS = SERVICES * TraefikDocuments.SERVERS;
    private static final int WARM_ROUNDS = 60;
    private static final int ROUNDS = 61;
    private static final double RATIO_MAX = 2;
    private static final int IN_FLIGHT = 20;
    private static final double HEAP_BYTES_MAX = 400;
    private static final double TOKENS_PER_TARGET = 10;

    /* As it comes, and without the interning of field names, of which it meets 15,000. */
    private static final JsonFactory JACKSON = new JsonFactory();
    private static final JsonFactory LEANER = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final TraefikPipeline ours = new TraefikPipeline();
    private final byte[] list = TraefikDocuments.services(SERVICES);
    private final byte[] page;
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private final double[] pageNanos = new double[ROUNDS];
    private final double[] decodeNanos = new double[ROUNDS];
    private final double[] tableNanos = new double[ROUNDS];
    private final double[] nanos = new double[ROUNDS];
    private final double[] peerNanos = new double[ROUNDS];
    private final double[] leanerNanos = new double[ROUNDS];
    private final double[] allocated = new double[ROUNDS];

    private TraefikPoll() {
        page = TraefikDocuments.metrics(SERVICES, now.minus(Duration.ofHours(1)));
    }

    public static void main(String[] args) throws Exception {
        TraefikPoll poll = new TraefikPoll();
        for (int round = -WARM_ROUNDS; round < ROUNDS; round++) {
            poll.round(Math.max(0, round), round == -WARM_ROUNDS);
        }
        poll.rows();
        poll.inFlight();
    }

    private void round(int round, boolean first) throws IOException, AnswerRefused {
        now = now.plus(TraefikPipeline.INTERVAL);
        long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        long start = Cpu.ofThisThread();
        TraefikMetrics metrics = Pipeline.decode(ours.metrics(), page);
        long read = Cpu.ofThisThread();
        var services = Pipeline.decode(ours.services(), list);
        long decoded = Cpu.ofThisThread();
        DeltaBatch batch = ours.poll(services, metrics, now);
        long end = Cpu.ofThisThread();
        allocated[round] = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
        check(batch, first ? TARGETS : 0);
        pageNanos[round] = read - start;
        decodeNanos[round] = decoded - read;
        tableNanos[round] = end - decoded;
        nanos[round] = end - read;
        peerNanos[round] = parsed(JACKSON);
        leanerNanos[round] = parsed(LEANER);
    }

    private double parsed(JsonFactory factory) throws IOException {
        long start = Cpu.ofThisThread();
        long tokens = 0;
        try (JsonParser parser = factory.createParser(list)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        double took = Cpu.ofThisThread() - start;
        if (tokens < TOKENS_PER_TARGET * TARGETS) {
            throw new IllegalStateException("the peer saw only " + tokens + " tokens");
        }
        return took;
    }

    private void rows() {
        double mine = median(nanos) / 1e6;
        double theirs = median(peerNanos) / 1e6;
        double leaner = median(leanerNanos) / 1e6;
        Row.held(
                        number(
                                "unchanged list of a Traefik, 5,000 services x 3 (%.1f MB): decode + diff",
                                list.length / 1e6),
                        number("%.1f ms", mine),
                        number("Jackson's streaming parser alone: %.1f ms", theirs),
                        number("%.2fx", mine / theirs),
                        "<= 2.0x",
                        mine <= RATIO_MAX * theirs)
                .print();
        Row.told(
                        "  the same",
                        number("%.1f ms", mine),
                        number("that parser without interning of field names: %.1f ms", leaner),
                        number("%.2fx", mine / leaner))
                .print();
        Row.told(
                        "  of it decoding / rules and table",
                        number("%.1f", median(decodeNanos) / 1e6) + number(" / %.1f ms", median(tableNanos) / 1e6),
                        "",
                        "")
                .print();
        Row.told(
                        number("  besides, its metrics page with 15,000 gauges (%.1f MB)", page.length / 1e6),
                        number("%.1f ms", median(pageNanos) / 1e6),
                        "",
                        "")
                .print();
        Row.told(
                        "  allocated per unchanged server, list and metrics",
                        number("%.0f B", median(allocated) / TARGETS),
                        "",
                        "")
                .print();
    }

    private void inFlight() throws AnswerRefused {
        List<BodyDecoder<?>> decoders = new ArrayList<>();
        long before = Heap.afterCollection();
        for (int i = 0; i < IN_FLIGHT; i++) {
            BodyDecoder<?> decoder = ours.services();
            Pipeline.feed(decoder, list, list.length - 1);
            decoders.add(decoder);
        }
        double bytes = (double) (Heap.afterCollection() - before) / decoders.size() / TARGETS;
        Row.held(
                        "  heap of a list in flight, before its last byte, per server",
                        number("%.0f B", bytes),
                        number("of the list: %.0f B", (double) list.length / TARGETS),
                        "",
                        "<= 400 B",
                        bytes <= HEAP_BYTES_MAX)
                .print();
    }

    private static void check(DeltaBatch batch, int deltas) {
        if (batch.deltas().size() != deltas || batch.state() != SourceState.READY || batch.targets() != TARGETS) {
            throw new IllegalStateException("want " + deltas + " deltas of a ready source, got "
                    + batch.deltas().size() + ", " + batch.state() + " " + batch.detail());
        }
    }
}
