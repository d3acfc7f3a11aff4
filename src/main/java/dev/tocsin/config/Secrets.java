package dev.tocsin.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where secrets are, and whether they are there at all; never what they are. Immutable. */
final class Secrets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

    private final Map<String, String> environment;

    Secrets(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The reference in one of two keys: {@code key} holds {@code ${NAME}}, {@code key_file} a path. */
    Optional<SecretRef> of(Spot parent, String key) {
        Spot inline = parent.child(key);
        Spot file = parent.child(key + "_file");
        if (inline.present() && file.present()) {
            file.atKey(parent, key + "_file").mistake("got both " + key + " and " + key + "_file, want one of them");
            return Optional.empty();
        }
        if (!inline.present() && !file.present()) {
            parent.mistake("got no " + key + ", want " + key + "_file: FILE or " + key + ": ${NAME}");
            return Optional.empty();
        }
        return file.present() ? inFile(file) : inline.text().flatMap(text -> variable(inline, text));
    }

    /** A header's value: {@code ${NAME}} or the text itself. */
    Optional<SecretRef> headerValue(Spot spot) {
        return spot.text().flatMap(text -> {
            if (REFERENCE.matcher(text).matches()) {
                return variable(spot, text);
            }
            if (REFERENCE.matcher(text).find()) {
                spot.mistake("got ${NAME} within a text, want ${NAME} alone, its variable holding the whole value");
                return Optional.empty();
            }
            return Optional.of(new SecretRef.Literal(new Secret(text)));
        });
    }

    Optional<SecretRef> inFile(Spot spot) {
        return readable(spot).map(SecretRef.InFile::new);
    }

    /** The file, if it can be read now. */
    static Optional<Path> readable(Spot spot) {
        Optional<Path> file = spot.file();
        if (file.isPresent() && !Files.isRegularFile(file.get())) {
            boolean exists = Files.exists(file.get());
            spot.mistake("got " + Paths.shown(spot.text().orElse("")) + ", want a file: "
                    + (exists ? "this is none" : "there is no " + file.get()));
            return Optional.empty();
        }
        if (file.isPresent() && !Files.isReadable(file.get())) {
            spot.mistake("got a file that we may not read, want read permission on " + file.get());
            return Optional.empty();
        }
        return file;
    }

    private Optional<SecretRef> variable(Spot spot, String text) {
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.matches()) {
            return Optional.empty();
        }
        String name = reference.group(1);
        if (environment.getOrDefault(name, "").isEmpty()) {
            spot.mistake("got ${" + name + "}, want an environment variable that is set");
            return Optional.empty();
        }
        return Optional.of(new SecretRef.InEnvironment(name));
    }
}
