package dev.tocsin.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A relay between clients and a broker at 127.0.0.1 that loses answers, holds everything, or cuts. Two threads a connection.
 * Thread-safe: the mode changes under a lock.
 */
public final class ChaosProxy implements AutoCloseable {
    /** What is done to the bytes of all connections. */
    private enum Mode {
        PASS,
        LOSE_ANSWERS,
        HOLD,
        CUT
    }

    private static final int BUFFER_BYTES = 65_536;

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Mode mode = Mode.PASS;
    private long answersLost;

    private ChaosProxy(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /** @param port where clients come; the broker must advertise it, or they go past us @param target the broker's */
    public static ChaosProxy start(int port, int target) {
        try {
            ServerSocket listening = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
            ChaosProxy proxy = new ChaosProxy(listening, target);
            daemon("proxy " + port, proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients begin: {@code 127.0.0.1:PORT}. */
    public String bootstrap() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** From now on what the broker says is lost; what it is told arrives. */
    public void loseAnswers() {
        become(Mode.LOSE_ANSWERS);
    }

    /** From now on nothing moves, either way; nobody is told. */
    public void hold() {
        become(Mode.HOLD);
    }

    /** Closes all connections, and each new one at once. */
    public void cut() {
        become(Mode.CUT);
        closeAll();
    }

    /** Everything passes again. Connections that lost something are closed: their bytes would make no sense. */
    public void pass() {
        if (become(Mode.PASS) == Mode.LOSE_ANSWERS) {
            closeAll();
        }
    }

    /** Bytes that the broker said and nobody heard. */
    public long answersLost() {
        lock.lock();
        try {
            return answersLost;
        } finally {
            lock.unlock();
        }
    }

    private Mode become(Mode next) {
        lock.lock();
        try {
            Mode before = mode;
            mode = next;
            changed.signalAll();
            return before;
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (moving() == Mode.CUT) {
                    client.close();
                    continue;
                }
                open.add(client);
                connect(client);
            } catch (IOException closed) {
                return;
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket broker;
        try {
            broker = new Socket(InetAddress.getByName("127.0.0.1"), target);
        } catch (IOException refused) {
            close(client);
            return;
        }
        open.add(broker);
        daemon("to broker", () -> relay(client, broker, false));
        daemon("to client", () -> relay(broker, client, true));
    }

    private void relay(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (moving() == Mode.LOSE_ANSWERS && answers) {
                    lose(n);
                } else {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException closed) {
            // the other side too, then
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** The mode, as soon as it is one in which bytes move. */
    private Mode moving() throws InterruptedException {
        lock.lock();
        try {
            while (mode == Mode.HOLD) {
                changed.await();
            }
            return mode;
        } finally {
            lock.unlock();
        }
    }

    private void lose(int bytes) {
        lock.lock();
        try {
            answersLost += bytes;
        } finally {
            lock.unlock();
        }
    }

    private void closeAll() {
        open.forEach(ChaosProxy::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        cut();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
