package dev.tocsin.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code conf/kafka} lets the monitor and its readers do, by a broker that lets nobody do anything else. */
@Timeout(120)
final class ShippedAclsTest {
    @TempDir
    static Path folder;

    private static SecureKafka kafka;
    private static List<List<String>> acls;

    @BeforeAll
    static void playWhatIsShipped() throws Exception {
        kafka = SecureKafka.start(folder, List.of("tocsin", "pipelines"));
        ShippedCommands.of("topics.sh", folder, kafka).forEach(ShippedCommands::play);
        acls = ShippedCommands.of("acls.sh", folder, kafka);
        acls.forEach(ShippedCommands::play);
    }

    @AfterAll
    static void close() {
        kafka.close();
    }

    static List<List<String>> acls() {
        return acls;
    }

    /* Of a topic's first act the write, for its reader finds nothing before. */
    @Test
    void allThatIsListedIsAllowed() throws Exception {
        for (List<String> acl : acls) {
            assertThat(ClientActs.allowed(act(acl))).as(acl.toString()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("acls")
    void eachAclIsNeeded(List<String> acl) throws Exception {
        awaitAllowed(acl, true);
        List<String> removal = new ArrayList<>(acl);
        removal.replaceAll(argument -> argument.equals("--add") ? "--remove" : argument);
        removal.add("--force");

        ShippedCommands.play(removal);
        awaitAllowed(acl, false);

        ShippedCommands.play(acl);
        awaitAllowed(acl, true);
    }

    @Test
    void theTopicsAreThoseOfTheContract() throws Exception {
        try (Admin admin = Admin.create(kafka.client("admin", "PLAIN"))) {
            assertThat(new TreeSet<>(admin.listTopics().names().get(20, TimeUnit.SECONDS)))
                    .contains("tocsin.findings", "tocsin.health", "tocsin.outages", "tocsin.watermarks");
        }
    }

    @Test
    void whatIsNotListedIsRefused() throws Exception {
        ClientActs monitor = new ClientActs(kafka.client("tocsin", "SCRAM-SHA-512"));
        ClientActs reader = new ClientActs(kafka.client("pipelines", "SCRAM-SHA-512"));

        assertThat(ClientActs.allowed(monitor.of("Create", "tocsin.other"))).isFalse();
        assertThat(ClientActs.allowed(() -> monitor.join("pipelines", "tocsin.health")))
                .isFalse();
        assertThat(ClientActs.allowed(reader.of("Write", "tocsin.health"))).isFalse();
        assertThat(ClientActs.allowed(() -> reader.join("others", "tocsin.health")))
                .isFalse();
    }

    @Test
    void theMonitorMakesItsTopicsWhereThatIsAllowed(@TempDir Path own) throws Exception {
        try (SecureKafka empty = SecureKafka.start(own, List.of("tocsin"))) {
            List<List<String>> chosen = ShippedCommands.withChoices("acls.sh", own, empty);
            chosen.forEach(ShippedCommands::play);
            ClientActs monitor = new ClientActs(empty.client("tocsin", "SCRAM-SHA-512"));

            for (String topic : List.of("tocsin.health", "tocsin.outages", "tocsin.findings", "tocsin.watermarks")) {
                assertThat(ClientActs.allowed(monitor.of("Create", topic))).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void whoOneIsCanBeSaidInThreeWays(String mechanism) throws Exception {
        ClientActs monitor = new ClientActs(kafka.client("tocsin", mechanism));

        assertThat(ClientActs.allowed(monitor.of("Write", "tocsin.health"))).isTrue();
    }

    @Test
    void aWrongPasswordIsRefused() {
        Map<String, Object> wrong = new HashMap<>(kafka.client("tocsin", "SCRAM-SHA-512"));
        wrong.computeIfPresent(
                "sasl.jaas.config", (key, value) -> value.toString().replace(SecureKafka.PASSWORD, "x"));

        assertThatThrownBy(() -> new ClientActs(wrong)
                        .of("DescribeConfigs", "tocsin.health")
                        .run())
                .rootCause()
                .isInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void theShippedClientSettingsReadOverTls() throws Exception {
        Properties shipped = new Properties();
        shipped.load(new StringReader(Files.readString(Path.of("conf/kafka/client.properties"))
                .replace("change-me", SecureKafka.PASSWORD)
                .replace("/etc/tocsin/kafka-ca.pem", kafka.certificate().toString())));
        Map<String, Object> client = new HashMap<>(Map.of("bootstrap.servers", kafka.tlsBootstrap()));
        shipped.forEach((key, value) -> client.put(key.toString(), value));
        new ClientActs(kafka.client("tocsin", "PLAIN"))
                .of("Write", "tocsin.outages")
                .run();

        assertThat(ClientActs.allowed(new ClientActs(client).of("Read", "tocsin.outages")))
                .isTrue();
    }

    private static void awaitAllowed(List<String> acl, boolean allowed) {
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(ClientActs.allowed(act(acl)))
                        .as(acl.toString())
                        .isEqualTo(allowed));
    }

    private static ClientActs.Act act(List<String> acl) {
        String user = after(acl, "--allow-principal").substring("User:".length());
        ClientActs client = new ClientActs(kafka.client(user, "SCRAM-SHA-512"));
        return acl.contains("--group")
                ? () -> client.join(after(acl, "--group"), "tocsin.health")
                : client.of(after(acl, "--operation"), after(acl, "--topic"));
    }

    private static String after(List<String> command, String option) {
        return command.get(command.indexOf(option) + 1);
    }
}
