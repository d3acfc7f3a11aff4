package dev.tocsin.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes {@code kafka} a record and finds what is wrong in its meaning. Confined: one call. */
final class KafkaReader {
    private static final Pattern BROKER =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):([0-9]{1,5})");
    private static final int PORT_MAX = 65_535;
    private static final String BROKERS = "host:port, or several with a comma between them";

    private final Secrets secrets;

    KafkaReader(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The record; empty without brokers, and when there is a mistake that leaves none. */
    Optional<KafkaConfig> read(Spot spot) {
        Optional<String> bootstrap = bootstrap(spot.child("bootstrap"));
        Optional<KafkaConfig.Sasl> sasl = sasl(spot.child("sasl"));
        Optional<TlsConfig> tls = tls(spot.child("tls_config"));
        Map<String, String> properties = properties(spot.child("properties"));
        return bootstrap.map(brokers -> new KafkaConfig(
                brokers,
                spot.child("topic_prefix").text().orElse(KafkaConfig.TOPIC_PREFIX),
                spot.child("partitions").integer().orElse(KafkaConfig.PARTITIONS),
                spot.child("replication").integer().orElse(KafkaConfig.REPLICATION),
                tls.orElse(null),
                sasl.orElse(null),
                properties));
    }

    /** The brokers in a text: as they are, without spaces; empty for an empty text, and for one that is a mistake. */
    static Optional<String> bootstrap(Spot spot) {
        String brokers = spot.text().orElse("").replace(" ", "");
        if (brokers.isEmpty()) {
            return Optional.empty();
        }
        for (String broker : brokers.split(",", -1)) {
            Matcher form = BROKER.matcher(broker);
            if (!form.matches() || port(form.group(1)) < 1 || port(form.group(1)) > PORT_MAX) {
                spot.mistake("got " + Paths.shown(broker) + ", want " + BROKERS);
                return Optional.empty();
            }
        }
        return Optional.of(brokers);
    }

    private static int port(String digits) {
        return Integer.parseInt(digits);
    }

    private Optional<KafkaConfig.Sasl> sasl(Spot spot) {
        Optional<String> mechanism = spot.child("mechanism").text();
        Optional<String> username = spot.child("username").text();
        if (mechanism.isEmpty() || username.isEmpty()) {
            return Optional.empty();
        }
        return secrets.of(spot, "password")
                .map(password -> new KafkaConfig.Sasl(mechanism.get(), username.get(), password));
    }

    private static Optional<TlsConfig> tls(Spot spot) {
        if (!(spot.value() instanceof Yaml.Mapping)) {
            return Optional.empty();
        }
        return Optional.of(SourceReader.tls(spot));
    }

    private static Map<String, String> properties(Spot spot) {
        Map<String, String> properties = new LinkedHashMap<>();
        spot.entries().forEach((name, value) -> {
            if (!KafkaProperties.ALLOWED.contains(name)) {
                value.atKey(spot, name)
                        .mistake("got a setting that is not offered, "
                                + Nearest.to(name, KafkaProperties.ALLOWED)
                                        .map(near -> "did you mean " + near + "?")
                                        .orElse("want one of those in the README; for security: tls_config and sasl"));
            }
            value.scalar().ifPresent(text -> properties.put(name, text));
        });
        return Map.copyOf(properties);
    }
}
