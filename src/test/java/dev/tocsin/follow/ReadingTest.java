package dev.tocsin.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Stream;
import dev.tocsin.health.Tombstone;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.RandomRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private final List<String> told = new ArrayList<>();
    private final Audience audience = new Audience() {
        @Override
        public void news(Entry entry, Brief brief, boolean live) {
            told.add((live ? "live " : "") + entry.key() + " " + brief.word());
        }

        @Override
        public void caughtUp(Fold fold, Tally tally) {
            told.add(tally.toString());
        }

        @Override
        public void odd(String what) {
            told.add(what);
        }

        @Override
        public boolean flush() {
            return true;
        }
    };

    @Test
    void whatIsOddIsToldWithItsPlace() throws Ended {
        Reading reading = new Reading(Optional.empty(), audience);
        Event mark = new Event.OfWatermark(new RandomRecords(3).watermark());

        reading.take(Topic.WATERMARKS, Records.read(mark));
        reading.take(Topic.WATERMARKS, Records.read(mark));
        reading.take(Topic.HEALTH, Records.read(mark));
        reading.caughtUp();

        assertThat(told).hasSize(4);
        assertThat(told.get(1)).startsWith("tocsin.watermarks-0@7: repeated: ").contains(" epoch ");
        assertThat(told.get(2)).startsWith("tocsin.watermarks-0@7: passed over: ce_type: got ");
        assertThat(told.get(3)).isEqualTo("3 records, 1 repeated, 0 late, 0 missing, 1 unreadable");
    }

    @Test
    void ofABacklogFullOfOddRecordsNotEachIsTold() throws Ended {
        Reading reading = new Reading(Optional.empty(), audience);
        ConsumerRecord<byte[], byte[]> mark = Records.read(new Event.OfWatermark(new RandomRecords(3).watermark()));

        for (int i = 0; i < 1000; i++) {
            reading.take(Topic.WATERMARKS, mark);
        }

        assertThat(told).hasSize(21);
        assertThat(reading.tally().repeats()).isEqualTo(999);
    }

    @Test
    void ofAJobAreItsOwnRecordsAndTheTombstonesOfItsKeys() throws Ended {
        Event mine = new Event.OfHealth(new RandomRecords(1).delta());
        Event other = new Event.OfHealth(new RandomRecords(2).delta());
        Reading reading =
                new Reading(Optional.of(((Event.OfHealth) mine).delta().target().job()), audience);

        reading.take(Topic.HEALTH, Records.read(mine));
        reading.take(Topic.HEALTH, Records.read(other));
        reading.take(Topic.HEALTH, Records.read(end(other)));
        reading.caughtUp();
        reading.take(Topic.HEALTH, Records.read(end(mine)));

        assertThat(told.get(0)).startsWith(mine.key());
        assertThat(told.get(1)).startsWith("1 record, ");
        assertThat(told.get(2)).isEqualTo("live " + mine.key() + " ended");
        assertThat(told).hasSize(3);
    }

    @Test
    void aBrokerThatIsAwayForMomentsIsNotTold() {
        long second = 1_000_000_000L;
        Presence presence = new Presence(0);

        assertThat(presence.look(false, 2 * second)).isEmpty();
        assertThat(presence.look(true, 3 * second)).isEmpty();
        assertThat(presence.look(false, 5 * second)).isEmpty();
        assertThat(presence.look(false, 6 * second)).contains("kafka away: no broker answers, waiting");
        assertThat(presence.look(false, 60 * second)).isEmpty();
        assertThat(presence.look(true, 61 * second)).contains("kafka is back");
    }

    private static Event end(Event event) {
        return new Event.OfTombstone(new Tombstone(
                Stream.HEALTH,
                event.key(),
                List.of(event.partitionKey(), "s"),
                event.partitionKey(),
                Instant.EPOCH,
                event.epoch(),
                event.seq() + 1));
    }
}
