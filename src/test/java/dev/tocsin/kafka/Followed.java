package dev.tocsin.kafka;

import dev.tocsin.config.KafkaConfig;
import dev.tocsin.follow.Audience;
import dev.tocsin.follow.Brief;
import dev.tocsin.follow.Ended;
import dev.tocsin.follow.Entry;
import dev.tocsin.follow.Fold;
import dev.tocsin.follow.Follower;
import dev.tocsin.follow.Tally;
import dev.tocsin.follow.Topic;
import dev.tocsin.follow.Wanted;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The reference reader on a thread of its own, and what it tells. Thread-safe: the lists are. */
final class Followed implements Audience, AutoCloseable {
    final List<String> news = new CopyOnWriteArrayList<>();
    final List<String> odd = new CopyOnWriteArrayList<>();
    final CompletableFuture<Tally> backlog = new CompletableFuture<>();
    final CompletableFuture<Tally> end = new CompletableFuture<>();

    private final Follower follower;

    private Followed(KafkaConfig config, Topic topic) throws Ended, IOException {
        follower = new Follower(
                new Wanted(
                        Samples.settings(config).consumer(),
                        config.topicPrefix(),
                        Set.of(topic),
                        true,
                        Optional.empty()),
                this);
    }

    /** Starts to follow a topic from its beginning. */
    static Followed start(KafkaConfig config, Topic topic) throws Ended, IOException {
        Followed followed = new Followed(config, topic);
        new Thread(followed::run, "followed").start();
        return followed;
    }

    private void run() {
        try (follower) {
            end.complete(follower.run());
        } catch (Ended | RuntimeException e) {
            end.completeExceptionally(e);
            backlog.completeExceptionally(e);
        }
    }

    @Override
    public void news(Entry entry, Brief brief, boolean live) {
        news.add(entry.key() + " " + entry.epoch() + "/" + entry.seq());
    }

    @Override
    public void caughtUp(Fold fold, Tally tally) {
        backlog.complete(tally);
    }

    @Override
    public void odd(String what) {
        odd.add(what);
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void close() {
        follower.stop();
        end.join();
    }
}
