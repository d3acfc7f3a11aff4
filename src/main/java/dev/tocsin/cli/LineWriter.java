package dev.tocsin.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines to a stream that may block, from a thread of its own. Thread-safe: a bounded queue.
 *
 * <p>When the reader is slower than the events for so long that the queue is full, new lines are dropped, counted and
 * told on stderr: a stuck reader must not stop the monitor, and a reader sees the gap by {@code seq} and offset.
 */
public final class LineWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LineWriter.class);
    private static final int LINES_MAX = 100_000; // x ~1 KB = 100 MB at worst, a storm of 100,000 targets
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(LINES_MAX);
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch done = new CountDownLatch(1);
    private final OutputStream out;
    private final Consumer<IOException> onBroken;

    /**
     * Starts the thread.
     *
     * @param onBroken called once, on the writer's thread, when nothing can be written any more: nobody reads, or a disk is
     *     full
     */
    public LineWriter(OutputStream out, Consumer<IOException> onBroken) {
        this.out = new BufferedOutputStream(out, 1 << 16);
        this.onBroken = onBroken;
        Thread thread = new Thread(this::run, "tocsin-stdout");
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes a line, without line end; never blocks. */
    void write(byte[] line) {
        if (broken.get() || closing.get()) {
            return;
        }
        if (!queue.offer(line) && dropped.incrementAndGet() % LINES_MAX == 1) {
            LOG.atWarn().addKeyValue("dropped", dropped.get()).log("stdout is read too slowly, lines are dropped");
        }
    }

    /** Writes what has been taken, for up to two seconds, and ends. */
    @Override
    public void close() {
        closing.set(true);
        try {
            if (queue.offer(END, 1, TimeUnit.SECONDS) && !done.await(2, TimeUnit.SECONDS)) {
                LOG.atWarn().addKeyValue("lines", queue.size()).log("stdout is not read, lines are lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                byte[] line = queue.take();
                if (line == END) {
                    out.flush();
                    return;
                }
                out.write(line);
                out.write('\n');
                if (queue.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            broken.set(true);
            queue.clear();
            if (!closing.get()) {
                onBroken.accept(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            done.countDown();
        }
    }
}
