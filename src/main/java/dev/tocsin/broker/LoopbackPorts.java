package dev.tocsin.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1 that nobody listens on. */
public final class LoopbackPorts {
    private static final int TRIES_MAX = 1_000;
    private static final int LAST = 65_535;

    private LoopbackPorts() {}

    /**
     * The first free one from {@code first} on. Free until somebody else takes it.
     *
     * @throws BindException the next 1,000 are taken
     */
    public static int freeFrom(int first) throws IOException {
        int last = Math.min(LAST, first + TRIES_MAX - 1);
        for (int port = first; port <= last; port++) {
            if (free(port)) {
                return port;
            }
        }
        throw new BindException("no free port at 127.0.0.1 from " + first + " to " + last);
    }

    private static boolean free(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (BindException taken) {
            return false;
        }
    }
}
