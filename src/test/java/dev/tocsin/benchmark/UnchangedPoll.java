package dev.tocsin.benchmark;

import static dev.tocsin.benchmark.Row.number;

import com.sun.management.ThreadMXBean;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.SourceState;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;

/**
 * A 10 MB answer of 10,000 targets in which nothing changed, in another order each time: bytes to deltas, against Jackson
 * databind to records and a HashMap, round about in one JVM.
 */
final class UnchangedPoll {
    private static final int TARGETS = 10_000;
    private static final int WARM_ROUNDS = 30;
    private static final int ROUNDS = 41;
    private static final double BYTES_MAX = 400;

    private UnchangedPoll() {}

    public static void main(String[] args) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Documents documents = new Documents(TARGETS, 1);
        Pipeline ours = new Pipeline();
        Peer peer = new Peer();
        double[] nanos = new double[ROUNDS];
        double[] peerNanos = new double[ROUNDS];
        double[] allocated = new double[ROUNDS];
        double[] peerAllocated = new double[ROUNDS];
        double[] tableNanos = new double[ROUNDS];
        long size = 0;
        Instant now = Instant.parse("2026-11-20T10:00:00Z");
        for (int round = -WARM_ROUNDS; round < ROUNDS; round++) {
            now = now.plus(Pipeline.INTERVAL);
            byte[] document = documents.next(now);
            size = document.length;
            long bytesBefore = threads.getCurrentThreadAllocatedBytes();
            long start = Cpu.ofThisThread();
            var observations = ours.decode(document);
            long decoded = Cpu.ofThisThread();
            DeltaBatch batch = ours.poll(observations, now);
            long end = Cpu.ofThisThread();
            long bytes = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
            check(batch, round == -WARM_ROUNDS);

            long peerBytesBefore = threads.getCurrentThreadAllocatedBytes();
            long peerStart = Cpu.ofThisThread();
            int changes = peer.poll(document);
            long peerEnd = Cpu.ofThisThread();
            long peerBytes = threads.getCurrentThreadAllocatedBytes() - peerBytesBefore;
            if (changes != (round == -WARM_ROUNDS ? TARGETS : 0)) {
                throw new IllegalStateException("the peer saw " + changes + " changes");
            }
            if (round >= 0) {
                nanos[round] = end - start;
                tableNanos[round] = end - decoded;
                peerNanos[round] = peerEnd - peerStart;
                allocated[round] = bytes;
                peerAllocated[round] = peerBytes;
            }
        }
        double mine = median(nanos) / TARGETS;
        double theirs = median(peerNanos) / TARGETS;
        Row.held(
                        number("unchanged answer of 10,000 targets (%.1f MB): decode + diff", size / 1e6),
                        number("%.2f us/target", mine / 1000) + number(" (%.0f MB/s)", size / (mine * TARGETS) * 1000),
                        number("Jackson records + HashMap: %.2f us", theirs / 1000),
                        number("%.2fx", theirs / mine),
                        ">= 1.0x",
                        theirs >= mine)
                .print();
        Row.told("  of it the table", number("%.2f us/target", median(tableNanos) / TARGETS / 1000), "", "")
                .print();
        double b = median(allocated) / TARGETS;
        double peerB = median(peerAllocated) / TARGETS;
        Row.held(
                        "  allocated per unchanged target",
                        number("%.0f B", b),
                        number("Jackson records + HashMap: %.0f B", peerB),
                        number("1/%.0f", peerB / b),
                        "<= 400 B",
                        b <= BYTES_MAX)
                .print();
    }

    private static void check(DeltaBatch batch, boolean first) {
        int deltas = first ? TARGETS : 0;
        if (batch.deltas().size() != deltas || batch.state() != SourceState.READY || batch.targets() != TARGETS) {
            throw new IllegalStateException("want " + deltas + " deltas of a ready source, got "
                    + batch.deltas().size() + ", " + batch.state() + " " + batch.detail());
        }
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
