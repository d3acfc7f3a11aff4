package dev.tocsin.benchmark;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.HealthRules;
import dev.tocsin.health.HealthTable;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Observation;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.WaitClock;
import dev.tocsin.source.AnswerRefused;
import dev.tocsin.source.BodyDecoder;
import dev.tocsin.source.PrometheusTargets;
import dev.tocsin.source.ScrapeErrors;
import dev.tocsin.source.SourceLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Our way of one answer, from bytes to deltas, without the network. Confined. */
final class Pipeline {
    static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final int CHUNK_BYTES = 64 << 10; // as the client hands them over

    private final WaitClock waits = new WaitClock();
    private final PrometheusTargets targets;
    private final HealthTable table;
    private long polls;

    Pipeline() {
        Source source = new Source("prom-a", "prom-a", SourceKind.PROMETHEUS);
        targets = new PrometheusTargets(source, Map.of(), SourceLimits.DEFAULT);
        table = new HealthTable(source, HealthRules.DEFAULT, ScrapeErrors.load(), waits, 1);
    }

    DeltaBatch poll(byte[] document, Instant now) throws AnswerRefused {
        return poll(decode(document), now);
    }

    List<Observation> decode(byte[] document) throws AnswerRefused {
        return decode(targets.decoder(), document);
    }

    /** What a decoder makes of a document, in the chunks in which the client hands it over. */
    static <T> T decode(BodyDecoder<T> decoder, byte[] document) throws AnswerRefused {
        feed(decoder, document, document.length);
        return decoder.finish();
    }

    /** Feeds the first bytes of it. */
    static void feed(BodyDecoder<?> decoder, byte[] document, int length) throws AnswerRefused {
        for (int from = 0; from < length; from += CHUNK_BYTES) {
            decoder.feed(document, from, Math.min(CHUNK_BYTES, length - from));
        }
    }

    DeltaBatch poll(List<Observation> observations, Instant now) {
        Moment at = new Moment(now.toEpochMilli(), now);
        waits.beat(at.monoMillis());
        polls++;
        return table.poll(new PollResult.Answered(polls, at, now, PollResult.ServerFacts.NONE, observations), INTERVAL);
    }
}
