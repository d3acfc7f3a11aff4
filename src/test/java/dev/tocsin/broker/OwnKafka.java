package dev.tocsin.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A Kafka of a test's own: a process behind a {@link ChaosProxy}, to be stopped, killed, frozen and started again at the
 * same address and on the same data. Confined: the test's thread.
 */
public final class OwnKafka implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final Map<String, String> settings;
    private final ChaosProxy proxy;
    private BrokerProcess broker;

    private OwnKafka(Path folder, int port, Map<String, String> settings, ChaosProxy proxy) {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
        this.proxy = proxy;
        this.broker = begin();
    }

    /** @param more settings of Kafka's own, as {@code message.max.bytes} */
    public static OwnKafka start(Path folder, Map<String, String> more) {
        int port = TestPorts.free();
        ChaosProxy proxy = ChaosProxy.start(TestPorts.free(), port);
        Map<String, String> settings = new HashMap<>(more);
        settings.put("advertised.listeners", "PLAINTEXT://" + proxy.bootstrap());
        return new OwnKafka(folder, port, settings, proxy);
    }

    /** Where clients begin, whatever is done to the broker: {@code 127.0.0.1:PORT}. */
    public String bootstrap() {
        return proxy.bootstrap();
    }

    /** What stands between it and its clients. */
    public ChaosProxy proxy() {
        return proxy;
    }

    /** Kills it: SIGKILL. */
    public void kill() {
        broker.process().destroyForcibly();
        ended();
    }

    /** Stops it in order. */
    public void stop() {
        try {
            broker.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ended();
    }

    /** Starts it again, on its data and at its address; it takes connections when this returns. */
    public void startAgain() {
        broker = begin();
    }

    /** Freezes it: SIGSTOP. Its connections stay, and nothing answers. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on: SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    private BrokerProcess begin() {
        try {
            return BrokerProcess.start(folder, port, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ended() {
        try {
            broker.process().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void signal(String signal) {
        try {
            int status = new ProcessBuilder(
                            "kill", "-" + signal, Long.toString(broker.process().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -" + signal + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        proxy.close();
    }
}
