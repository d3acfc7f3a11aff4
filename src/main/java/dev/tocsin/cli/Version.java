package dev.tocsin.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/** The version, from the manifest of the jar that we run from. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        Attributes manifest = manifest();
        return new String[] {
            "tocsin " + value(manifest, "Implementation-Version"),
            "jdk " + Runtime.version() + " (" + System.getProperty("java.vendor", "unknown") + ")",
            "commit " + value(manifest, "Implementation-Commit")
        };
    }

    private static String value(Attributes manifest, String name) {
        return Optional.ofNullable(manifest.getValue(name))
                .filter(value -> !value.isBlank() && !value.startsWith("$"))
                .orElse("unknown");
    }

    private static Attributes manifest() {
        URL self = Version.class.getResource("Version.class");
        String location = self == null ? "" : self.toString();
        if (!location.startsWith("jar:")) {
            return new Attributes();
        }
        try (InputStream in =
                new URL(location.substring(0, location.lastIndexOf('!')) + "!/META-INF/MANIFEST.MF").openStream()) {
            return new Manifest(in).getMainAttributes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
