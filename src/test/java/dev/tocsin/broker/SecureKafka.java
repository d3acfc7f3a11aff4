package dev.tocsin.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A Kafka that asks everyone who they are (SASL: PLAIN and SCRAM, in plain text and over TLS) and lets nobody do what no ACL
 * allows. Its administrator is {@code admin}; everybody's password is {@link #PASSWORD}. Thread-safe: so is Kafka.
 */
public final class SecureKafka implements AutoCloseable {
    public static final String PASSWORD = "pass-word";

    private static final int SCRAM_ITERATIONS = 4_096;

    private final Broker broker;
    private final String plainText;
    private final String tls;
    private final BrokerCertificate certificate;
    private final Path folder;

    private SecureKafka(Broker broker, int plainText, int tls, BrokerCertificate certificate, Path folder) {
        this.broker = broker;
        this.plainText = "127.0.0.1:" + plainText;
        this.tls = "127.0.0.1:" + tls;
        this.certificate = certificate;
        this.folder = folder;
    }

    /** @param users who may say who they are, by SCRAM as well as by PLAIN */
    public static SecureKafka start(Path folder, List<String> users) throws Exception {
        int port = TestPorts.free();
        int controller = TestPorts.free();
        int plainText = TestPorts.free();
        int tls = TestPorts.free();
        BrokerCertificate certificate = BrokerCertificate.make(folder);
        Map<String, String> more = new HashMap<>(listeners(port, controller, plainText, tls));
        more.putAll(tls(certificate));
        more.putAll(authority());
        for (String listener : List.of("sasl", "secure")) {
            more.put("listener.name." + listener + ".plain.sasl.jaas.config", plain(users));
            for (String scram : List.of("scram-sha-256", "scram-sha-512")) {
                more.put(
                        "listener.name." + listener + "." + scram + ".sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
            }
        }
        Broker broker = InProcess.start(new BrokerSettings(folder.resolve("node"), port, controller, more));
        scram(broker, users);
        return new SecureKafka(broker, plainText, tls, certificate, folder);
    }

    private static Map<String, String> listeners(int port, int controller, int plainText, int tls) {
        String open = "PLAINTEXT://127.0.0.1:" + port + ",SASL://127.0.0.1:" + plainText + ",SECURE://127.0.0.1:" + tls;
        return Map.of(
                "listeners",
                open + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners",
                open,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL:SASL_PLAINTEXT,SECURE:SASL_SSL",
                "sasl.enabled.mechanisms",
                "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
    }

    private static Map<String, String> tls(BrokerCertificate certificate) {
        return Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                certificate.store().toString(),
                "ssl.keystore.password",
                BrokerCertificate.PASSWORD,
                "ssl.key.password",
                BrokerCertificate.PASSWORD);
    }

    /* The broker talks to itself over a listener without names. */
    private static Map<String, String> authority() {
        return Map.of(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:admin;User:ANONYMOUS",
                "allow.everyone.if.no.acl.found", "false");
    }

    private static String plain(List<String> users) {
        StringBuilder jaas = new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
        jaas.append(" user_admin=\"").append(PASSWORD).append('"');
        users.forEach(user -> jaas.append(" user_")
                .append(user)
                .append("=\"")
                .append(PASSWORD)
                .append('"'));
        return jaas.append(';').toString();
    }

    private static void scram(Broker broker, List<String> users) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            for (String user : users) {
                for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
                    var credential = new ScramCredentialInfo(mechanism, SCRAM_ITERATIONS);
                    admin.alterUserScramCredentials(
                                    List.of(new UserScramCredentialUpsertion(user, credential, PASSWORD)))
                            .all()
                            .get(20, TimeUnit.SECONDS);
                }
            }
        }
    }

    /** Makes the topics and allows what {@code conf/kafka} lists, and nothing beside it. */
    public void playWhatIsShipped() throws Exception {
        for (String script : List.of("topics.sh", "acls.sh")) {
            ShippedCommands.of(script, folder, this).forEach(ShippedCommands::play);
        }
    }

    /** Where clients begin who say who they are, in plain text. */
    public String bootstrap() {
        return plainText;
    }

    /** The same over TLS, for those who trust {@link #certificate}. */
    public String tlsBootstrap() {
        return tls;
    }

    /** PEM. */
    public Path certificate() {
        return certificate.certificate();
    }

    /** Settings of a client that is {@code user}. @param mechanism {@code PLAIN}, {@code SCRAM-SHA-256} or {@code -512} */
    public Map<String, Object> client(String user, String mechanism) {
        String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        return Map.of(
                "bootstrap.servers",
                plainText,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                mechanism,
                "sasl.jaas.config",
                "org.apache.kafka.common.security." + module + " required username=\"" + user + "\" password=\""
                        + PASSWORD + "\";");
    }

    /** The same for the administrator, as a file for Kafka's tools. */
    Path administrator() throws IOException {
        StringBuilder lines = new StringBuilder();
        client("admin", "PLAIN")
                .forEach((key, value) ->
                        lines.append(key).append('=').append(value).append('\n'));
        return Files.writeString(folder.resolve("admin.properties"), lines);
    }

    @Override
    public void close() {
        broker.close();
    }
}
