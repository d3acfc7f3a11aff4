package dev.tocsin.benchmark;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one would write in an afternoon: Jackson databind to records, and a HashMap from key to last state. Confined. */
final class Peer {
    record Answer(String status, Body data) {}

    record Body(List<Scraped> activeTargets) {}

    record Scraped(
            Map<String, String> labels,
            String scrapePool,
            String scrapeUrl,
            String lastError,
            String lastScrape,
            double lastScrapeDuration,
            String health,
            String scrapeInterval,
            String scrapeTimeout) {}

    private record Key(String pool, String url, Map<String, String> labels) {}

    private record State(String health, String lastError) {}

    private static final ObjectReader READER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(Answer.class);

    private final Map<Key, State> states = new HashMap<>();

    /** Targets whose state differs from the last answer's. */
    int poll(byte[] document) throws IOException {
        Answer answer = READER.readValue(document);
        int changes = 0;
        for (Scraped target : answer.data().activeTargets()) {
            State now = new State(target.health(), target.lastError());
            State before = states.put(new Key(target.scrapePool(), target.scrapeUrl(), target.labels()), now);
            changes += now.equals(before) ? 0 : 1;
        }
        return changes;
    }
}
