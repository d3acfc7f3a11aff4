package dev.tocsin;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** SIGTERM and Ctrl-C. With the platform's shutdown hooks the exit status would be 143, and a second signal unheard. */
final class Signals {
    private Signals() {}

    /* By reflection, as javac warns of any mention of sun.misc, and warnings are errors here. The module jdk.unsupported
     * exports it, and there is nothing else. */
    /**
     * Calls {@code first} at the first signal and {@code second} at each later one, on a thread of the platform.
     *
     * @throws IllegalStateException the platform has no such signals, or keeps them to itself ({@code -Xrs})
     */
    static void on(Runnable first, Runnable second) {
        AtomicBoolean signalled = new AtomicBoolean();
        Runnable heard = () -> (signalled.compareAndSet(false, true) ? first : second).run();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listener = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            heard.run();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "equals" -> proxy == (arguments == null ? null : arguments[0]);
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> "Signals";
                        };
                    });
            for (String name : new String[] {"TERM", "INT"}) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot hear SIGTERM and SIGINT", e);
        }
    }
}
