package dev.tocsin.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for the servers of tests, below those of outgoing connections, so that a server that is down finds its own free. */
final class TestPorts {
    private TestPorts() {}

    static int free() {
        try {
            return LoopbackPorts.freeFrom(ThreadLocalRandom.current().nextInt(10_000, 19_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
