package dev.tocsin.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * The program of the child JVM: a node of Kafka that lives as long as whoever holds the other end of its standard input.
 * Arguments: the folder, the port, and settings of Kafka's own as {@code name=value}. It says {@code broker at HOST:PORT}
 * when it takes connections, and on standard error why it does not.
 */
public final class BrokerMain {
    static final String READY = "broker at ";

    private static final Duration TAKE_OVER_MAX = Duration.ofSeconds(10);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);
    private static final int REFUSED = 1;

    private BrokerMain() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        daemon("parent", BrokerMain::endWithParent);
        leaveInterruptsToParent();
        /* Kafka ends a JVM without a word; the word goes to the log of whoever started us. */
        Exit.setExitProcedure(BrokerMain::end);
        Exit.setHaltProcedure(BrokerMain::end);
        try {
            FileLock lock = take(folder);
            Broker broker = Broker.start(folder.resolve("node"), Integer.parseInt(args[1]), settings(args));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
            System.out.println(READY + broker.bootstrap());
            Thread.currentThread().join(); // until the hook; the lock is held to the end of the process
            lock.release();
        } catch (IOException refused) {
            end(REFUSED, refused.getMessage());
        }
    }

    private static Map<String, String> settings(String[] args) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 2; i < args.length; i++) {
            String[] pair = args[i].split("=", 2);
            settings.put(pair[0], pair[1]);
        }
        return settings;
    }

    /* The parent says nothing: the end of the stream is all there is to hear, and comes however the parent ends. */
    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException gone) {
            // as good as its end
        }
        daemon("late", BrokerMain::haltLate);
        System.exit(0);
    }

    private static void haltLate() {
        try {
            Thread.sleep(STOP_MAX.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(REFUSED);
    }

    /* A Ctrl-C reaches all processes of the terminal. The parent's last records are still to come then. By reflection, as
     * javac warns of any mention of sun.misc. */
    private static void leaveInterruptsToParent() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        for (String name : new String[] {"INT", "HUP"}) {
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance(name),
                            handler.getField("SIG_IGN").get(null));
        }
    }

    /** Waits for the child of a parent that was killed a moment ago and is started again: it is about to end. */
    private static FileLock take(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long start = System.nanoTime();
        for (FileLock lock = channel.tryLock(); ; lock = channel.tryLock()) {
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - start > TAKE_OVER_MAX.toNanos()) {
                throw new IOException(folder + ": another broker uses it, want a folder of our own");
            }
            Thread.sleep(50);
        }
    }

    private static void end(int status, @Nullable String message) {
        System.err.println(message == null ? "Kafka ended with status " + status : message);
        Runtime.getRuntime().halt(status);
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
