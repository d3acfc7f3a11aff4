package dev.tocsin.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** Reads secrets where their references point to, anew at each call, so that a rotated file counts at once. Immutable; blocks on the file. */
public final class SecretReader {
    private static final int SECRET_BYTES_MAX = 64 << 10; // tokens are a few KiB

    private final Map<String, String> environment;

    public SecretReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The secret as it is now, without one trailing line end.
     *
     * @throws IOException it is not there or cannot be one; the message names the place and never the content
     */
    public Secret read(SecretRef ref) throws IOException {
        if (ref instanceof SecretRef.Literal literal) {
            return literal.value();
        }
        if (ref instanceof SecretRef.InEnvironment variable) {
            String value = environment.getOrDefault(variable.variable(), "");
            if (value.isEmpty()) {
                throw new IOException("the environment variable " + variable.variable() + " is not set");
            }
            return checked(value, "the environment variable " + variable.variable());
        }
        Path file = ((SecretRef.InFile) ref).file();
        return checked(content(file), "the secret file " + file);
    }

    private static Secret checked(String content, String where) throws IOException {
        String value = content.endsWith("\r\n")
                ? content.substring(0, content.length() - 2)
                : content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
        if (value.isEmpty()) {
            throw new IOException(where + " is empty");
        }
        /* A line end inside would split the header that the secret goes into. */
        if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
            throw new IOException(where + " holds a line end or another control character inside, want one line");
        }
        return new Secret(value);
    }

    private static String content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(SECRET_BYTES_MAX + 1);
            if (bytes.length > SECRET_BYTES_MAX) {
                throw new IOException("the secret file " + file + " has more than 64 KiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new IOException("there is no secret file " + file, e);
        } catch (CharacterCodingException e) {
            throw new IOException("the secret file " + file + " is no UTF-8 text", e);
        }
    }
}
