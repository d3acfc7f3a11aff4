package dev.tocsin.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.config.SourceConfig;
import dev.tocsin.config.TlsConfig;
import dev.tocsin.config.TraefikConfig;
import dev.tocsin.health.PollResult;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.poll.Certificates.Pair;
import dev.tocsin.source.Tape;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F28: whatever is wrong with a certificate, the poller fails closed and never falls back. */
@DisplayName("F28: whatever is wrong with a certificate")
final class TlsTest {
    @TempDir
    static Path folder;

    private static Pair good;
    private static Pair elsewhere;
    private static Pair expired;
    private static Pair ours;

    private final Rig rig = new Rig();

    @BeforeAll
    static void makeCertificates() throws Exception {
        Certificates certificates = new Certificates(folder);
        good = certificates.make("good", "ip:127.0.0.1,dns:localhost");
        elsewhere = certificates.make("elsewhere", "dns:prom.example");
        expired = certificates.makeExpired("expired", "ip:127.0.0.1");
        ours = certificates.make("ours", "dns:tocsin.example");
    }

    @AfterEach
    void noExceptionReachedAnEventLoop() {
        rig.close();
        assertThat(rig.uncaught).isEmpty();
    }

    @Test
    void aCertificateOfOurAuthorityIsTrusted() {
        poll(good.server(), trusting(good.certificate()));

        assertThat(rig.answered(0).observations()).hasSize(2);
    }

    @Test
    void anUnknownAuthorityIsNot() {
        fails(good.server(), TlsConfig.DEFAULT, "");
    }

    @Test
    void anExpiredCertificateFails() {
        fails(expired.server(), trusting(expired.certificate()), "NotAfter");
    }

    @Test
    void aCertificateOfAnotherHostFails() {
        fails(elsewhere.server(), trusting(elsewhere.certificate()), "127.0.0.1");
    }

    @Test
    void aServerNameOfTheConfigurationIsAskedForAndVerified() {
        poll(elsewhere.server(), new TlsConfig(elsewhere.certificate(), null, null, "prom.example", false));

        rig.answered(0);
    }

    @Test
    void aServerNameThatTheCertificateHasNotFails() {
        fails(good.server(), new TlsConfig(good.certificate(), null, null, "prom.example", false), "prom.example");
    }

    /* An API behind a router of its own: Host rule and certificate of a name, asked by address (facts 1). */
    @Test
    void aTraefikIsAskedByAddressForTheNameAndTheHostOfItsRouter() {
        TraefikStub stub = new TraefikStub(
                rig.vertx,
                new HttpServerOptions()
                        .setSsl(true)
                        .setSni(true)
                        .setKeyCertOptions(elsewhere.server().getKeyCertOptions()),
                asked -> new TraefikStub.Answer(new Tape.Reply(0, asked.path(), 200, "[]"), Instant.now()));
        SourceConfig config = Rig.config("edge-1", stub.url());

        rig.poll(new SourceConfig(
                new Source("edge-1", "lab", SourceKind.TRAEFIK),
                config.url(),
                config.interval(),
                config.timeout(),
                config.credentials(),
                new TlsConfig(elsewhere.certificate(), null, null, "prom.example", false),
                Map.of(),
                null,
                Map.of(),
                "traefik.example",
                TraefikConfig.NONE));
        rig.answered(0);

        assertThat(stub.asked())
                .isNotEmpty()
                .allMatch(asked -> asked.serverName().equals("prom.example"))
                .allMatch(asked -> asked.host().equals("traefik.example"));
    }

    @Test
    void whoSkipsVerificationTrustsAnybody() {
        poll(elsewhere.server(), new TlsConfig(null, null, null, null, true));

        rig.answered(0);
    }

    @Test
    void aServerThatWantsOurCertificateGetsIt() {
        poll(wantingOurs(), new TlsConfig(good.certificate(), ours.certificate(), ours.key(), null, false));

        rig.answered(0);
    }

    @Test
    void withoutItWeFail() {
        poll(wantingOurs(), trusting(good.certificate()));

        /* In TLS 1.3 the client is done before the server looks at its certificate. */
        assertThat(rig.dark(0).why()).isIn(Why.TLS, Why.UNREACHABLE);
    }

    @Test
    void aServerThatSpeaksNoTlsFails() {
        List<Buffer> heard = new CopyOnWriteArrayList<>();
        NetServer plain = rig.vertx
                .createNetServer()
                .connectHandler(socket -> socket.handler(bytes -> {
                    heard.add(bytes);
                    socket.end(Buffer.buffer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
                }));
        int port = Rig.join(plain.listen(0, "127.0.0.1")).actualPort();
        rig.poll(Rig.config("prom-a", "https://127.0.0.1:" + port));

        assertThat(rig.dark(0).why()).as(rig.dark(0).detail()).isEqualTo(Why.TLS);
        assertThat(heard).noneMatch(bytes -> bytes.toString().contains("/api"));
    }

    @Test
    void aHandshakeThatHangsIsCutAtTheDeadlineAndBarsNoLaterOne() {
        AtomicInteger open = new AtomicInteger();
        NetServer silent = rig.vertx.createNetServer().connectHandler(socket -> {
            open.incrementAndGet();
            socket.closeHandler(v -> open.decrementAndGet());
        });
        int port = Rig.join(silent.listen(0, "127.0.0.1")).actualPort();
        SourceConfig config = Rig.config("prom-a", "https://127.0.0.1:" + port);
        rig.poll(Rig.with(Rig.with(config, Rig.TIMEOUT), trusting(good.certificate())));

        PollResult.Dark dark = rig.dark(0);
        rig.dark(2);
        int stillOpen = open.get();
        Rig.join(silent.close());
        ScriptedServer.start(rig.vertx, good.server().setPort(port));

        assertThat(dark.why()).as(dark.detail()).isEqualTo(Why.TIMEOUT);
        assertThat(dark.state()).isEqualTo(SourceState.BLIND);
        assertThat(rig.meters.get("tocsin.poll.duration").timer().max(TimeUnit.SECONDS))
                .isLessThan(5);
        assertThat(stillOpen).isLessThanOrEqualTo(2);
        rig.answered(0);
    }

    @Test
    void aRenewedAuthorityCountsAtTheNextRound() throws Exception {
        Path file =
                Files.copy(elsewhere.certificate(), folder.resolve("renewed.crt"), StandardCopyOption.REPLACE_EXISTING);
        poll(good.server(), trusting(file));
        PollResult.Dark dark = rig.dark(0);

        Files.copy(good.certificate(), file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(dark.why()).as(dark.detail()).isEqualTo(Why.TLS);
        rig.answered(0);
    }

    @Test
    void aCertificateFileThatIsNotThereIsToldByItsPlace() {
        poll(good.server(), trusting(folder.resolve("nowhere.crt")));

        PollResult.Dark dark = rig.dark(0);

        assertThat(dark.why()).isEqualTo(Why.TLS);
        assertThat(dark.detail()).contains("tls_config.ca_file", "nowhere.crt");
    }

    private void fails(NetServerOptions server, TlsConfig tls, String says) {
        ScriptedServer scripted = poll(server, tls);

        PollResult.Dark dark = rig.dark(0);

        assertThat(dark.why()).as(dark.detail()).isEqualTo(Why.TLS);
        assertThat(dark.detail()).contains(says);
        assertThat(scripted.requests()).isEmpty();
    }

    private ScriptedServer poll(NetServerOptions server, TlsConfig tls) {
        ScriptedServer scripted = ScriptedServer.start(rig.vertx, server);
        SourceConfig config = Rig.config("prom-a", "https://127.0.0.1:" + scripted.port());
        rig.poll(Rig.with(Rig.with(config, Duration.ofSeconds(5)), tls));
        return scripted;
    }

    private static NetServerOptions wantingOurs() {
        return good.server()
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(ours.certificate().toString()));
    }

    private static TlsConfig trusting(@Nullable Path authority) {
        return new TlsConfig(authority, null, null, null, false);
    }
}
