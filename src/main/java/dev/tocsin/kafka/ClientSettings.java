package dev.tocsin.kafka;

import dev.tocsin.config.KafkaConfig;
import dev.tocsin.config.SecretReader;
import dev.tocsin.config.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of Kafka's clients that a configuration means. Immutable; reads secrets anew at each call. */
public final class ClientSettings {
    private static final int KEY_BYTES_MAX = 1 << 20;

    private final KafkaConfig config;
    private final SecretReader secrets;

    public ClientSettings(KafkaConfig config, SecretReader secrets) {
        this.config = config;
        this.secrets = secrets;
    }

    /**
     * A producer that neither blocks nor loses.
     *
     * @throws IOException a secret is not there
     */
    Map<String, Object> producer() throws IOException {
        Map<String, Object> settings = new HashMap<>();
        settings.put("linger.ms", "0"); // a batch is handed over whole, and the next one waits for its end
        settings.put("compression.type", "lz4");
        settings.put("batch.size", "131072");
        settings.put(
                "buffer.memory", "33554432"); // above what a batch of the outbox holds: a send does not wait for room
        settings.put("request.timeout.ms", "5000");
        settings.put("delivery.timeout.ms", Integer.toString(Integer.MAX_VALUE)); // no user may set it
        settings.putAll(common());
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        settings.put("max.block.ms", "2000");
        /* With "rebootstrap", the default, a producer forgets its topics once all brokers are away, and a send fails that
         * could have waited: measured, 60,420 of 111,690 records. */
        settings.put("metadata.recovery.strategy", "none");
        settings.put("metadata.max.idle.ms", "86400000");
        return settings;
    }

    /**
     * A consumer that belongs to no group.
     *
     * @throws IOException a secret is not there
     */
    public Map<String, Object> consumer() throws IOException {
        Map<String, Object> settings = common();
        settings.remove("linger.ms");
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", "false");
        settings.put("isolation.level", "read_uncommitted");
        settings.put("default.api.timeout.ms", "10000");
        return settings;
    }

    Map<String, Object> admin() throws IOException {
        Map<String, Object> settings = common();
        settings.put("default.api.timeout.ms", "10000");
        settings.put("request.timeout.ms", "5000");
        return settings;
    }

    private Map<String, Object> common() throws IOException {
        Map<String, Object> settings = new HashMap<>();
        settings.put("reconnect.backoff.max.ms", "1000");
        settings.putAll(config.properties());
        settings.put("bootstrap.servers", config.bootstrap());
        TlsConfig tls = config.tls();
        KafkaConfig.Sasl sasl = config.sasl();
        String transport = tls == null ? "PLAINTEXT" : "SSL";
        settings.put("security.protocol", sasl == null ? transport : "SASL_" + transport);
        if (tls != null) {
            tls(settings, tls);
        }
        if (sasl != null) {
            settings.put("sasl.mechanism", sasl.mechanism());
            settings.put("sasl.jaas.config", login(sasl));
        }
        return settings;
    }

    private static void tls(Map<String, Object> settings, TlsConfig tls) throws IOException {
        if (tls.caFile() != null) {
            settings.put("ssl.truststore.type", "PEM");
            settings.put("ssl.truststore.certificates", text(tls.caFile()));
        }
        if (tls.certFile() != null && tls.keyFile() != null) {
            settings.put("ssl.keystore.type", "PEM");
            settings.put("ssl.keystore.certificate.chain", text(tls.certFile()));
            settings.put("ssl.keystore.key", text(tls.keyFile()));
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > KEY_BYTES_MAX) {
            throw new IOException("the file " + file + " has more than 1 MiB");
        }
        return Files.readString(file);
    }

    private String login(KafkaConfig.Sasl sasl) throws IOException {
        String module = sasl.mechanism().equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        return "org.apache.kafka.common.security." + module + " required username=\"" + quoted(sasl.username())
                + "\" password=\"" + quoted(secrets.read(sasl.password()).value()) + "\";";
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
