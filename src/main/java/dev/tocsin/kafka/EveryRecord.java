package dev.tocsin.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A lane that keeps every record in its order: outages and findings. Who offers sees to its bound. */
final class EveryRecord implements Lane {
    private final Deque<Item> waiting = new ArrayDeque<>();

    @Override
    public void offer(Item item) {
        waiting.addLast(item);
    }

    /* Up to the first key that comes again, so that the order between keys holds too. */
    @Override
    public List<Item> take(int max) {
        List<Item> taken = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        while (taken.size() < max
                && !waiting.isEmpty()
                && keys.add(waiting.getFirst().event().key())) {
            taken.add(waiting.removeFirst());
        }
        return taken;
    }

    @Override
    public void putBack(Item item) {
        waiting.addFirst(item);
    }

    @Override
    public void arrived(Item item) {}

    @Override
    public long first() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.getFirst().place();
    }

    @Override
    public int size() {
        return waiting.size();
    }
}
