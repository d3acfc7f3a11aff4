package dev.tocsin.poll;

import dev.tocsin.config.Credentials;
import dev.tocsin.config.SecretReader;
import dev.tocsin.config.SecretRef;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.config.TlsConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the secrets and certificates of one source, anew each time: files are rotated under us. Immutable; it blocks. */
final class KeyRing {
    /* Certificates of a whole company are some 200 kB. */
    private static final long FILE_BYTES_MAX = 4 << 20;

    private final SourceConfig config;
    private final SecretReader secrets = new SecretReader(System.getenv());

    KeyRing(SourceConfig config) {
        this.config = config;
    }

    /** Whether there is any file to read. */
    boolean hasFiles() {
        TlsConfig tls = config.tls();
        return config.credentials() instanceof Credentials.Basic
                || config.credentials() instanceof Credentials.Authorization
                || !config.headers().isEmpty()
                || tls.caFile() != null
                || tls.certFile() != null;
    }

    /** What the files say now. The failure says which file is amiss, never what is in it. */
    Access read() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, SecretRef> header : config.headers().entrySet()) {
            headers.put(header.getKey(), secret("header " + header.getKey(), header.getValue()));
        }
        if (config.credentials() instanceof Credentials.Basic basic) {
            String pair = basic.username() + ":" + secret("basic_auth password", basic.password());
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        } else if (config.credentials() instanceof Credentials.Authorization other) {
            headers.put("Authorization", other.type() + " " + secret("authorization credentials", other.credentials()));
        }
        return new Access(headers, "https".equalsIgnoreCase(config.url().getScheme()) ? tls(config.tls()) : null);
    }

    private ClientSSLOptions tls(TlsConfig tls) throws IOException {
        ClientSSLOptions options = new ClientSSLOptions();
        options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
        options.setSslHandshakeTimeout(config.timeout().toMillis()).setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        options.setTrustAll(tls.insecureSkipVerify());
        options.setHostnameVerificationAlgorithm(tls.insecureSkipVerify() ? "" : "HTTPS");
        if (tls.caFile() != null) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(pem("tls_config.ca_file", tls.caFile())));
        }
        if (tls.certFile() != null && tls.keyFile() != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertValue(pem("tls_config.cert_file", tls.certFile()))
                    .addKeyValue(pem("tls_config.key_file", tls.keyFile())));
        }
        return options;
    }

    private static Buffer pem(String place, Path file) throws IOException {
        return Buffer.buffer(bytes(place, file));
    }

    private String secret(String place, SecretRef ref) throws IOException {
        try {
            return secrets.read(ref).value();
        } catch (IOException e) {
            throw new IOException(place + ": " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(String place, Path file) throws IOException {
        try {
            long size = Files.size(file);
            if (size > FILE_BYTES_MAX) {
                throw new IOException(place + ": " + file + " has " + size + " bytes, want at most " + FILE_BYTES_MAX);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException(place + ": there is no file " + file, e);
        }
    }

    /** The name that TLS asks for and verifies, where it is not that of the URL. */
    @Nullable
    String serverName() {
        return config.tls().serverName();
    }
}
