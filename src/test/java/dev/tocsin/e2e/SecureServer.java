package dev.tocsin.e2e;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A Prometheus without targets that speaks TLS, with a certificate on an elliptic curve. Confined: the test. */
final class SecureServer implements AutoCloseable {
    private static final String PASSWORD = "changeit";
    private static final byte[] NOTHING =
            "{\"status\":\"success\",\"data\":{\"activeTargets\":[],\"droppedTargets\":[]}}"
                    .getBytes(StandardCharsets.UTF_8);

    private final HttpsServer server;

    /** @param certificate where its certificate is written to, as PEM */
    SecureServer(Path folder, Path certificate) throws IOException, GeneralSecurityException {
        Path store = folder.resolve("server.p12");
        keytool(
                store,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost");
        keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, NOTHING.length);
            exchange.getResponseBody().write(NOTHING);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(Path store, String... arguments) {
        String[] all = new String[arguments.length + 7];
        String[] common = {
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            arguments[0],
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD,
            "-alias",
            "server"
        };
        System.arraycopy(common, 0, all, 0, common.length);
        System.arraycopy(arguments, 1, all, common.length, arguments.length - 1);
        Command.run(all);
    }
}
