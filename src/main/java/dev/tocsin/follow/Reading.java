package dev.tocsin.follow;

import dev.tocsin.topic.Damage;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What a reader makes of one record after another: the table, the tally, and what is told. Confined: its reader. */
final class Reading {
    private static final int ODD_MAX = 20; // of the backlog, told one by one; the tally has all
    private static final int TEXT_MAX = 200;

    private final Optional<String> job;
    private final Audience audience;
    private final Fold fold = new Fold();
    private Tally tally = Tally.NONE;
    private boolean live;

    /** @param job the one that is wanted; empty for all */
    Reading(Optional<String> job, Audience audience) {
        this.job = job;
        this.audience = audience;
    }

    /** @throws Ended there is no room for more keys */
    void take(Topic topic, ConsumerRecord<byte @Nullable [], byte @Nullable []> record) throws Ended {
        try {
            take(EntryReader.read(topic, record), record);
        } catch (Unreadable e) {
            tally = tally.andUnreadable(1);
            odd(tally.unreadable(), record, "passed over: " + e.getMessage());
        }
    }

    /** Takes note of what no client can read. */
    void damaged(Damage damage) {
        tally = tally.andUnreadable(damage.offsets());
        odd(tally.unreadable(), damage.toString());
    }

    /** The backlog is read; from now on everything is told. */
    void caughtUp() {
        live = true;
        audience.caughtUp(fold, tally);
    }

    Tally tally() {
        return tally;
    }

    private void take(Entry entry, ConsumerRecord<?, ?> record) throws Ended {
        if (!wanted(entry)) {
            return;
        }
        Step step = fold.decide(entry);
        tally = tally.and(step);
        if (step instanceof Step.Repeat) {
            odd(tally.repeats(), record, "repeated: " + mark(entry));
        } else if (step instanceof Step.Late late) {
            odd(tally.late(), record, "late: " + mark(entry) + ", but epoch " + late.after() + " has taken over");
        } else {
            if (step instanceof Step.News news && news.missing() > 0) {
                odd(tally.missing(), record, "missing: " + news.missing() + " before " + mark(entry));
            }
            if (!entry.tombstone() && fold.known(entry).isEmpty() && fold.full()) {
                throw new Ended("more than " + Fold.KEYS_MAX + " keys: want fewer --streams, or a --job");
            }
            audience.news(entry, fold.apply(entry), live);
        }
    }

    private boolean wanted(Entry entry) {
        return job.isEmpty()
                || (entry.tombstone()
                        ? fold.known(entry).isPresent()
                        : job.get().equals(entry.job()));
    }

    private void odd(long count, ConsumerRecord<?, ?> record, String what) {
        odd(count, record.topic() + "-" + record.partition() + "@" + record.offset() + ": " + what);
    }

    private void odd(long count, String what) {
        if (live || count <= ODD_MAX) {
            audience.odd(what);
        }
    }

    private static String mark(Entry entry) {
        String key =
                entry.key().length() <= TEXT_MAX ? entry.key() : entry.key().substring(0, TEXT_MAX) + "...";
        return key + " epoch " + entry.epoch() + " seq " + entry.seq();
    }
}
