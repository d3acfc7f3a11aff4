package dev.tocsin;

import dev.tocsin.bus.Clock;
import dev.tocsin.config.TocsinConfig;
import io.vertx.core.Deployable;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Node} as {@code run} starts it, for those of other rooms that measure it. Thread-safe: started once, stopped once. */
public final class RunningNode implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Node node;

    private RunningNode(Node node) {
        this.node = node;
    }

    /** @param consumers are deployed first, and hear all that is told */
    public static RunningNode start(TocsinConfig config, List<Deployable> consumers) throws Exception {
        Node node = new Node(config, consumers, Clock.system());
        node.start().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return new RunningNode(node);
    }

    @Override
    public void close() {
        try {
            node.stop().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new IllegalStateException("the node does not stop", late);
        }
    }
}
