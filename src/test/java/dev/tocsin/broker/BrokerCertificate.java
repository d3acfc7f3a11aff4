package dev.tocsin.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A broker's certificate, made by the keytool of the JDK. Immutable.
 *
 * @param store with its key, PKCS12
 * @param certificate alone, PEM: who trusts it trusts that broker
 */
record BrokerCertificate(Path store, Path certificate) {
    static final String PASSWORD = "changeit";

    static BrokerCertificate make(Path folder) throws IOException {
        Path store = folder.resolve("broker.p12");
        Path certificate = folder.resolve("broker.pem");
        keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=broker", "-ext", "san=ip:127.0.0.1,dns:localhost");
        keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
        return new BrokerCertificate(store, certificate);
    }

    private static void keytool(Path store, String... options) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-alias", "broker", "-keystore", store.toString(), "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.onExit().join().exitValue() != 0) {
            throw new IOException("keytool: " + said);
        }
    }
}
