package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamCutterTest {
    private static String cut(String json, int keep, int chunk) throws IOException, AnswerRefused {
        StreamCutter cutter = new StreamCutter(keep, "drop");
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; at += chunk) {
            cutter.pass(bytes, at, Math.min(chunk, bytes.length - at), (b, from, to) -> out.write(b, from, to - from));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"12345678\"} | {\"a\":\"1234\"}",
                "{\"a\":\"123\\u00e9678\"} | {\"a\":\"123\\u00e9\"}",
                "{\"a\":\"123\\\"456789\"} | {\"a\":\"123\\\"4567\"}",
                "{\"a\":\"1234\\\\\"} | {\"a\":\"1234\"}",
                "{\"a\":\"1234\\\"}\"} | {\"a\":\"1234\"}",
                "[\"123€€\",\"x\"] | [\"123€\",\"x\"]",
                "{\"drop\":{\"a\":{\"b\":\"}\\\"}\"}},\"c\":1} | {\"drop\":{},\"c\":1}",
                "{\"drop\":[{}],\"dro\":{\"a\":1}} | {\"drop\":[{}],\"dro\":{\"a\":1}}",
                "{\"a\":\"drop\",\"b\":{\"c\":1}} | {\"a\":\"drop\",\"b\":{\"c\":1}}",
                "{\"xdrop\":{\"c\":1}} | {\"xdro\":{\"c\":1}}",
            })
    void longStringsEndEarlyAndUnwantedObjectsAreEmpty(String json, String expected) throws Exception {
        assertThat(cut(json, 4, 1_000)).isEqualTo(expected);
    }

    @Test
    void whateverIsCutStaysJson() throws Exception {
        long seed = 7;
        Random random = new Random(seed);
        String[] units = {"a", "é", "€", "\ud83d\ude00", "\\n", "\\\\", "\\\"", "\\u20ac", "{", "}", ":", "drop"};
        ObjectMapper mapper = new ObjectMapper();
        for (int i = 0; i < 3_000; i++) {
            StringBuilder json = new StringBuilder("{\"x\":[1");
            for (int n = random.nextInt(4); n >= 0; n--) {
                json.append(random.nextBoolean() ? ",\"" : ",{\"drop\":{\"y\":[{}],\"k\":\"");
                boolean object = json.charAt(json.length() - 2) == ':';
                for (int u = random.nextInt(30); u > 0; u--) {
                    json.append(units[random.nextInt(units.length)]);
                }
                json.append(object ? "\"}}" : "\"");
            }
            json.append("]}");
            int keep = 1 + random.nextInt(20);

            String kept = cut(json.toString(), keep, 1 + random.nextInt(12));
            String all = cut(json.toString(), 1_000, 1 + random.nextInt(12));

            assertThat(mapper.readTree(kept))
                    .as("seed %d, %s, keep %d", seed, json, keep)
                    .isNotNull();
            assertThat(mapper.readTree(kept).get("x").size())
                    .isEqualTo(mapper.readTree(json.toString()).get("x").size());
            assertThat(mapper.readTree(all).get("x").get(0))
                    .isEqualTo(mapper.readTree(json.toString()).get("x").get(0));
        }
    }
}
