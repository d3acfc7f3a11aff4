package dev.tocsin.source;

import dev.tocsin.health.Observation;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Answers of real servers (see the README beside them), and ways to feed them. */
final class Fixtures {
    static final Source PROM = new Source("prom-a", "eu-1", SourceKind.PROMETHEUS);
    private static final Path ROOT = Path.of("src/test/resources");

    private Fixtures() {}

    /** @param name as {@code prometheus-3/ok.json} */
    static byte[] bytes(String name) {
        try (InputStream in = Files.newInputStream(ROOT.resolve(name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean exists(String name) {
        return Files.exists(ROOT.resolve(name));
    }

    static List<String> names(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PrometheusTargets targets() {
        return new PrometheusTargets(PROM, Map.of(), SourceLimits.DEFAULT);
    }

    static List<Observation> decode(byte[] body) throws AnswerRefused {
        return decode(targets().decoder(), body);
    }

    static List<Observation> decode(String body) throws AnswerRefused {
        return decode(body.getBytes(StandardCharsets.UTF_8));
    }

    static <T> T decode(BodyDecoder<T> decoder, byte[] body) throws AnswerRefused {
        return decode(decoder, body, Math.max(1, body.length));
    }

    /** Feeds chunks of one size, each from a used array that is overwritten afterwards, as an event loop does. */
    static <T> T decode(BodyDecoder<T> decoder, byte[] body, int chunk) throws AnswerRefused {
        byte[] buffer = new byte[chunk + 2];
        for (int at = 0; at < body.length; at += chunk) {
            int length = Math.min(chunk, body.length - at);
            System.arraycopy(body, at, buffer, 1, length);
            decoder.feed(buffer, 1, length);
            java.util.Arrays.fill(buffer, (byte) '!');
        }
        return decoder.finish();
    }
}
