package dev.tocsin.kafka;

import io.vertx.core.Context;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What follows from what the tail hears: the next session begins with the topics as they are then, and says again what was
 * said over. Immutable; brings it from the tail's thread to the publisher's.
 *
 * @param loop the publisher's
 * @param fenced gets the epoch of whoever has taken over
 * @param end ends the session
 */
record Alarms(Context loop, String node, LongConsumer fenced, Consumer<Throwable> end) implements Tail.Ears {
    @Override
    public void later(long epoch) {
        loop.runOnContext(any -> fenced.accept(epoch));
    }

    @Override
    public void late(String key) {
        end("an earlier start of node \"" + node + "\" still wrote of " + key
                + ": the last word on it is written again");
    }

    @Override
    public void cut(TopicPartition partition) {
        end(partition + " was cut: what it lacks is written again");
    }

    private void end(String why) {
        loop.runOnContext(any -> end.accept(new IllegalStateException(why)));
    }
}
