package dev.tocsin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Jackson's generator is what it is held against: readers have its bytes, and ids are hashes over them. */
class AsciiJsonTest {
    @Test
    void everyRecordIsWrittenAsJacksonWritesIt() throws IOException {
        for (long seed = 0; seed < 5_000; seed++) {
            Event event = new RandomRecords(seed).event();

            byte[] data = CloudEvents.data(event);

            assertThat(text(data)).as("seed " + seed).isEqualTo(text(again(data)));
            byte[] line = CloudEvents.line(event, seed);
            assertThat(text(line)).as("seed " + seed).isEqualTo(text(again(line)));
        }
    }

    @Test
    void everyCharacterIsWrittenAsJacksonWritesIt() throws IOException {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String text = "a" + (char) c + "b";

            AsciiJson ours = new AsciiJson(1);
            ours.writeStartObject();
            ours.writeStringField("value", text);
            ours.writePair("name" + (Character.isSurrogate((char) c) ? "" : text), "");
            ours.writeEndObject();

            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator json = CloudEvents.JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
                json.writeStartObject();
                json.writeStringField("value", text);
                json.writeStringField("name" + (Character.isSurrogate((char) c) ? "" : text), "");
                json.writeEndObject();
            }
            assertThat(text(ours.toByteArray())).as("character " + c).isEqualTo(text(bytes.toByteArray()));
        }
    }

    @Test
    void numbersAreWrittenAsJacksonWritesThem() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long whole = random.nextLong() >> random.nextInt(64);
            double decimal = random.nextBoolean() ? random.nextInt(1_000_000) / 1000.0 : random.nextGaussian() * 1e9;

            AsciiJson ours = new AsciiJson(64);
            ours.writeStartObject();
            ours.writeNumberField("whole", whole);
            ours.writeNumberField("decimal", decimal);
            ours.writeBooleanField("flag", random.nextBoolean());
            ours.writeNullField("nothing");
            ours.writeStringField("none", null);
            ours.writeEndObject();

            assertThat(text(ours.toByteArray())).isEqualTo(text(again(ours.toByteArray())));
            assertThat(CloudEvents.JSON
                            .readTree(ours.toByteArray())
                            .get("whole")
                            .asLong())
                    .isEqualTo(whole);
            assertThat(CloudEvents.JSON
                            .readTree(ours.toByteArray())
                            .get("decimal")
                            .asDouble())
                    .isEqualTo(decimal);
        }
    }

    @Test
    void arraysAndObjectsStandInEachOther() {
        AsciiJson json = new AsciiJson(1);

        json.writeStartObject();
        json.writeArrayFieldStart("none");
        json.writeEndArray();
        json.writeArrayFieldStart("some");
        json.writeStartObject();
        json.writeEndObject();
        json.writeStartObject();
        json.writeObjectFieldStart("inner");
        json.writeEndObject();
        json.writeEndObject();
        json.writeString("text");
        json.writeEndArray();
        json.writeRawField("raw", "[1]".getBytes(StandardCharsets.US_ASCII));
        json.writeEndObject();

        assertThat(text(json.toByteArray()))
                .isEqualTo("{\"none\":[],\"some\":[{},{\"inner\":{}},\"text\"],\"raw\":[1]}");
    }

    private static byte[] again(byte[] json) throws IOException {
        return CloudEvents.JSON.writeValueAsBytes(CloudEvents.JSON.readTree(json));
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.ISO_8859_1);
    }
}
