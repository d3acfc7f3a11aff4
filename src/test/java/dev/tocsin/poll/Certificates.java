package dev.tocsin.poll;

import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates, made by the keytool of the JDK in a folder. Immutable. */
final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
    }

    /** A certificate and its key, as PEM files and as a key store. */
    record Pair(Path store, Path certificate, Path key) {
        NetServerOptions server() {
            return new NetServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                            new PfxOptions().setPath(store.toString()).setPassword(PASSWORD));
        }
    }

    /** A self-signed one. */
    Pair make(String name, String san) throws IOException, GeneralSecurityException {
        generate(name, san);
        return pem(name, store(name));
    }

    /** One that an authority signed, and that ended days ago. The Pair's certificate is that of the authority. */
    Pair makeExpired(String name, String san) throws IOException, GeneralSecurityException {
        String authority = name + "-ca";
        generate(authority, "dns:" + authority, "-ext", "bc:c");
        generate(name, san);
        Path request = folder.resolve(name + ".csr");
        Path signed = folder.resolve(name + ".signed");
        keytool(name, "-certreq", "-file", request.toString());
        keytool(
                authority,
                "-gencert",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-startdate",
                "-10d",
                "-validity",
                "1",
                "-ext",
                "san=" + san);
        Pair trusted = pem(authority, store(authority));
        keytool(name, "-importcert", "-noprompt", "-file", trusted.certificate().toString(), "-alias", "root");
        keytool(name, "-importcert", "-noprompt", "-file", signed.toString());
        return new Pair(store(name), trusted.certificate(), trusted.key());
    }

    private void generate(String name, String san, String... more) throws IOException {
        List<String> options =
                new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=" + san));
        options.addAll(List.of(more));
        keytool(name, options.toArray(String[]::new));
    }

    private void keytool(String name, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options));
        if (!command.contains("-alias")) {
            command.addAll(List.of("-alias", name));
        }
        command.addAll(List.of("-keystore", store(name).toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.onExit().join().exitValue() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    private Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private Pair pem(String name, Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        Path certificate =
                write(name + ".crt", "CERTIFICATE", store.getCertificate(name).getEncoded());
        Path key = write(
                name + ".key",
                "PRIVATE KEY",
                store.getKey(name, PASSWORD.toCharArray()).getEncoded());
        return new Pair(file, certificate, key);
    }

    private Path write(String file, String what, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(file), "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }
}
