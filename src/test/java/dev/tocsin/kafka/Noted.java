package dev.tocsin.kafka;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.TopicPartition;

/** Ears that write down what they hear. Thread-safe. */
class Noted implements Tail.Ears {
    final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void later(long epoch) {
        heard.add("later " + epoch);
    }

    @Override
    public void late(String key) {
        heard.add("late " + key);
    }

    @Override
    public void cut(TopicPartition partition) {
        heard.add("cut " + partition);
    }
}
