package dev.tocsin.bus;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** The codec that passes our records by reference: they are immutable and never leave this process by the bus. */
public final class Reference implements MessageCodec<Object, Object> {
    private static final String NAME = "reference";

    private Reference() {}

    /* registerDefaultCodec matches exact classes only and so misses sealed interfaces; a selector sees all. */
    /** Makes the event bus of {@code vertx} pass every record (in the Java sense) by reference. */
    public static void register(Vertx vertx) {
        vertx.eventBus().registerCodec(new Reference());
        vertx.eventBus().codecSelector(body -> body instanceof Record ? NAME : null);
    }

    @Override
    public void encodeToWire(Buffer buffer, Object body) {
        throw new IllegalStateException("records pass by reference, the bus is not clustered");
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        throw new IllegalStateException("records pass by reference, the bus is not clustered");
    }

    @Override
    public Object transform(Object body) {
        return body;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
