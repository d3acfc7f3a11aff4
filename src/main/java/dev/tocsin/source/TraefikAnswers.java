package dev.tocsin.source;

import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.source.TraefikService.Protocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decoders of the answers of a Traefik, one per question. Each decoder is used once. */
public final class TraefikAnswers {
    private static final int SMALL_BYTES_MAX = 64 << 10; // overview, the largest, is 1 KB
    private static final int BROKEN_BYTES_MAX = 16 << 20; // 10,000 x ~1 KB
    private static final int CERTIFICATES_BYTES_MAX = 16 << 20; // 16,000 x ~1 KB
    private static final int NAME_MAX = 512;
    private static final int ERROR_MAX = 512;
    private static final int VERSION_MAX = 60;

    private TraefikAnswers() {}

    /** For {@link TraefikPaths#HTTP_SERVICES} and {@link TraefikPaths#TCP_SERVICES}. */
    public static BodyDecoder<List<TraefikService>> services(Protocol protocol, SourceLimits limits, TraefikMemo memo) {
        return new TraefikServicesDecoder(protocol, limits, memo);
    }

    /** For {@link TraefikPaths#VERSION}. */
    public static BodyDecoder<TraefikVersion> version() {
        return SmallAnswer.bare("version", JsonToken.START_OBJECT, SMALL_BYTES_MAX, root -> {
            Map<?, ?> told = map(root, "version");
            if (!(told.get("Version") instanceof String version)) {
                throw wanted("version", "Version, as a Traefik tells it");
            }
            Object start = told.get("startDate");
            return new TraefikVersion(
                    CleanText.of(version, VERSION_MAX), start instanceof String text ? TimeText.instant(text) : null);
        });
    }

    /** For {@link TraefikPaths#OVERVIEW}: whether it has routers that are neither HTTP's nor Traefik's own. */
    public static BodyDecoder<Boolean> otherRouters() {
        return SmallAnswer.bare("overview", JsonToken.START_OBJECT, SMALL_BYTES_MAX, root -> {
            Map<?, ?> told = map(root, "overview");
            return routers(told.get("tcp")) + routers(told.get("udp")) > 0;
        });
    }

    private static double routers(@Nullable Object protocol) {
        return protocol instanceof Map<?, ?> kinds
                        && kinds.get("routers") instanceof Map<?, ?> section
                        && section.get("total") instanceof Double total
                ? total
                : 0;
    }

    /**
     * For {@link TraefikPaths#BROKEN_ROUTERS} and its like.
     *
     * @param part what it lists, as {@link Broken#part}
     */
    public static BodyDecoder<List<Broken>> broken(String part) {
        return SmallAnswer.bare(part + "s", JsonToken.START_ARRAY, BROKEN_BYTES_MAX, root -> {
            List<Broken> parts = new ArrayList<>();
            for (Object each : root instanceof Collection<?> list ? list : List.of()) {
                Map<?, ?> told = map(each, part + "s[]");
                if (!(told.get("name") instanceof String name)) {
                    throw wanted(part + "s[].name", "a text");
                }
                if ("disabled".equals(told.get("status"))) {
                    parts.add(new Broken(part, CleanText.of(name, NAME_MAX), error(told.get("error"))));
                }
            }
            return List.copyOf(parts);
        });
    }

    /** For {@link TraefikPaths#CERTIFICATES}. */
    public static BodyDecoder<List<Certificate>> certificates() {
        return SmallAnswer.bare("certificates", JsonToken.START_ARRAY, CERTIFICATES_BYTES_MAX, root -> {
            List<Certificate> certificates = new ArrayList<>();
            for (Object each : root instanceof Collection<?> list ? list : List.of()) {
                certificates.add(certificate(map(each, "certificates[]")));
            }
            return List.copyOf(certificates);
        });
    }

    private static Certificate certificate(Map<?, ?> told) throws AnswerRefused {
        Instant end = told.get("notAfter") instanceof String text ? TimeText.instant(text) : null;
        if (end == null) {
            throw wanted("certificates[].notAfter", "a time");
        }
        Object sans = told.get("sans");
        Object name = told.get("commonName") instanceof String common && !common.isEmpty()
                ? common
                : sans instanceof List<?> list && !list.isEmpty() ? list.get(0) : told.get("name");
        return new Certificate(
                CleanText.of(String.valueOf(name), NAME_MAX),
                told.get("notBefore") instanceof String text ? TimeText.instant(text) : null,
                end);
    }

    private static String error(@Nullable Object errors) {
        return errors instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof String text
                ? UrlRedactor.redactText(CleanText.of(text, ERROR_MAX))
                : "it does not say why";
    }

    /** For the ping: the first KiB of whatever it says. */
    public static BodyDecoder<String> ping() {
        return PrometheusAnswers.text();
    }

    /** For the metrics page. */
    public static BodyDecoder<TraefikMetrics> metrics(TraefikMemo memo) {
        return metrics(new MetricsPage(TraefikMetrics::wanted), memo);
    }

    /** For the metrics page, when all that is asked is whether a reload fell in between: without gauges. */
    public static BodyDecoder<TraefikMetrics> reloads(TraefikMemo memo) {
        return metrics(new MetricsPage(TraefikMetrics::ofReloads), memo);
    }

    private static BodyDecoder<TraefikMetrics> metrics(BodyDecoder<SelfMetrics> page, TraefikMemo memo) {
        return new BodyDecoder<>() {
            @Override
            public void feed(byte[] bytes, int offset, int length) throws AnswerRefused {
                page.feed(bytes, offset, length);
            }

            @Override
            public TraefikMetrics finish() throws AnswerRefused {
                return TraefikMetrics.of(page.finish(), memo);
            }
        };
    }

    private static Map<?, ?> map(@Nullable Object value, String place) throws AnswerRefused {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wanted(place, "an object");
    }

    private static AnswerRefused wanted(String place, String what) {
        return new AnswerRefused(Why.MALFORMED, place + ": wanted " + what);
    }
}
