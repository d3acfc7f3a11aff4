package dev.tocsin.config;

import java.util.Set;

/** The settings of Kafka's clients that an operator may give. */
final class KafkaProperties {
    /* An allow-list: other settings name classes to load, files to read or URLs to ask (config.providers, interceptor.classes,
     * sasl.jaas.config with a JNDI login module, sasl.oauthbearer.*), or break what we promise (acks, transactional.id). */
    static final Set<String> ALLOWED = Set.of(
            "batch.size",
            "buffer.memory",
            "client.dns.lookup",
            "client.id",
            "client.rack",
            "compression.type",
            "connections.max.idle.ms",
            "linger.ms",
            "max.request.size",
            "metadata.max.age.ms",
            "receive.buffer.bytes",
            "reconnect.backoff.max.ms",
            "reconnect.backoff.ms",
            "request.timeout.ms",
            "retry.backoff.max.ms",
            "retry.backoff.ms",
            "send.buffer.bytes",
            "socket.connection.setup.timeout.max.ms",
            "socket.connection.setup.timeout.ms",
            "ssl.cipher.suites",
            "ssl.enabled.protocols",
            "ssl.protocol");

    private KafkaProperties() {}
}
