package dev.tocsin.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.wire.CloudEvents;
import dev.tocsin.wire.Event;
import dev.tocsin.wire.RandomRecords;
import dev.tocsin.wire.RecordSchemas;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryReaderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aRecordOfBinaryModeIsTheLineOfStructuredMode() throws Exception {
        RandomRecords random = new RandomRecords(6);
        for (int i = 0; i < 500; i++) {
            Event event = random.event();

            Entry entry = EntryReader.read(topic(event), Records.read(event));

            assertThat(JSON.readTree(entry.line())).isEqualTo(JSON.readTree(CloudEvents.line(event)));
            assertThat(entry.key()).isEqualTo(event.key());
            assertThat(entry.tombstone()).isEqualTo(event instanceof Event.OfTombstone);
            assertThat(entry.line()).matches("\\p{ASCII}*").doesNotContain("\n");
        }
    }

    @Test
    void whatItWritesIsWhatTheSchemasSay() throws Exception {
        RandomRecords random = new RandomRecords(7);
        for (int i = 0; i < 200; i++) {
            Event event = random.event();
            if (RecordSchemas.mistakes(new String(CloudEvents.line(event), StandardCharsets.UTF_8))
                    .isEmpty()) {
                String line =
                        EntryReader.read(topic(event), Records.read(event)).line();
                assertThat(RecordSchemas.mistakes(line)).as(line).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ce_type        | dev.tocsin.outage.v1 | ce_type: got \"dev.tocsin.outage.v1\", want \"dev.tocsin.health.v1\"",
                "ce_type        | dev.tocsin.health.v2 | written by a newer Tocsin",
                "ce_tocsinepoch | -1                   | header ce_tocsinepoch: got \"-1\", want a whole number, 1 or more",
                "ce_sequence    | x                    | header ce_sequence: got \"x\", want a whole number",
                "ce_sequence    |                      | header ce_sequence: got none, want one",
            })
    void aRecordThatIsNoneOfOursIsRefusedWithAReason(String header, String value, String why) {
        ProducerRecord<byte[], byte[]> sent = Records.of("tocsin.", new Event.OfHealth(new RandomRecords(1).delta()));
        sent.headers().remove(header);
        if (value != null) {
            sent.headers().add(header, value.getBytes(StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> EntryReader.read(Topic.HEALTH, Records.read(sent)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[] | value: got ARRAY, want an object", "{} 1 | value: no JSON", "{\"a\": | value: no JSON"})
    void aValueThatIsNoObjectIsRefused(String value, String why) {
        ConsumerRecord<byte[], byte[]> whole = Records.read(new Event.OfHealth(new RandomRecords(1).delta()));
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(
                whole.topic(), 0, whole.key(), value.getBytes(StandardCharsets.UTF_8), whole.headers());

        assertThatThrownBy(() -> EntryReader.read(Topic.HEALTH, Records.read(sent)))
                .isInstanceOf(Unreadable.class)
                .hasMessage(why);
    }

    private static Topic topic(Event event) {
        return Topic.valueOf(event.stream().name().toUpperCase(Locale.ROOT));
    }
}
