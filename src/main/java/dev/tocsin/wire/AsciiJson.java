package dev.tocsin.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text that is being written, in plain ASCII. Confined: who writes it. Whoever writes sees to it that names and
 * values, beginnings and ends follow each other as they must; names of fields are ours, and plain.
 *
 * <p>Texts of sources are hostile: in plain ASCII no line separator, bidi control or half of a surrogate pair gets through
 * to a terminal or breaks a line.
 */
final class AsciiJson {
    /* By hand: Jackson's generator took half of what a record costs on its way to the disk, as much for the state that it
     * makes for each text as for the text. What it would write is what is written here, byte for byte: a test holds it. */
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final int ESCAPE_BYTES_MAX = 6; // a backslash, u, and four digits
    private static final byte PLAIN = 0;
    private static final byte CODE = 'u';
    private static final byte[] ESCAPES = escapes();

    private byte[] bytes;
    private int size;
    private boolean first = true;

    /** @param bytesExpected more is no mistake */
    AsciiJson(int bytesExpected) {
        bytes = new byte[bytesExpected];
    }

    /* Of each character below 128 what stands behind the backslash; 0 where it needs none. */
    private static byte[] escapes() {
        byte[] escapes = new byte[128];
        Arrays.fill(escapes, 0, ' ', CODE);
        escapes['"'] = '"';
        escapes['\\'] = '\\';
        escapes['\b'] = 'b';
        escapes['\t'] = 't';
        escapes['\n'] = 'n';
        escapes['\f'] = 'f';
        escapes['\r'] = 'r';
        return escapes;
    }

    void writeStartObject() {
        value();
        open('{');
    }

    void writeObjectFieldStart(String name) {
        writeFieldName(name);
        open('{');
    }

    void writeEndObject() {
        close('}');
    }

    void writeArrayFieldStart(String name) {
        writeFieldName(name);
        open('[');
    }

    void writeEndArray() {
        close(']');
    }

    void writeString(String text) {
        value();
        text(text);
    }

    /** Writes {@code null} where there is no text. */
    void writeStringField(String name, @Nullable String text) {
        writeFieldName(name);
        if (text == null) {
            ascii("null");
        } else {
            text(text);
        }
    }

    /** Writes a pair whose name is not one of ours: it may be any text. */
    void writePair(String name, String text) {
        value();
        text(name);
        put(':');
        text(text);
    }

    void writeTimeField(String name, Instant time) {
        writeFieldName(name);
        room(Stamps.LENGTH + 2);
        bytes[size++] = '"';
        Stamps.write(time, bytes, size);
        size += Stamps.LENGTH;
        bytes[size++] = '"';
    }

    void writeNumberField(String name, long number) {
        writeFieldName(name);
        ascii(Long.toString(number));
    }

    /** @param number finite: JSON has no others */
    void writeNumberField(String name, double number) {
        writeFieldName(name);
        ascii(Double.toString(number));
    }

    void writeBooleanField(String name, boolean value) {
        writeFieldName(name);
        ascii(value ? "true" : "false");
    }

    void writeNullField(String name) {
        writeFieldName(name);
        ascii("null");
    }

    /** Writes a value that is JSON in plain ASCII already. */
    void writeRawField(String name, byte[] json) {
        writeFieldName(name);
        raw(json);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void writeFieldName(String name) {
        value();
        room(name.length() + 3);
        bytes[size++] = '"';
        ascii(name);
        bytes[size++] = '"';
        bytes[size++] = ':';
    }

    private void value() {
        if (!first) {
            put(',');
        }
        first = false;
    }

    private void open(char bracket) {
        put(bracket);
        first = true;
    }

    private void close(char bracket) {
        put(bracket);
        first = false;
    }

    private void put(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
    }

    private void raw(byte[] ascii) {
        room(ascii.length);
        System.arraycopy(ascii, 0, bytes, size, ascii.length);
        size += ascii.length;
    }

    /* It drops the upper half of each character, of which what is written so has none. */
    @SuppressWarnings("deprecation")
    private void ascii(String text) {
        int length = text.length();
        room(length);
        text.getBytes(0, length, bytes, size);
        size += length;
    }

    private void text(String text) {
        int length = text.length();
        room(ESCAPE_BYTES_MAX * length + 2);
        byte[] to = bytes;
        int at = size;
        to[at++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ESCAPES.length && ESCAPES[c] == PLAIN) {
                to[at++] = (byte) c;
            } else {
                at = escape(to, at, c);
            }
        }
        to[at++] = '"';
        size = at;
    }

    private static int escape(byte[] to, int from, char c) {
        int at = from;
        to[at++] = '\\';
        byte letter = c < ESCAPES.length ? ESCAPES[c] : CODE;
        to[at++] = letter;
        if (letter == CODE) {
            for (int shift = 12; shift >= 0; shift -= 4) {
                to[at++] = HEX[c >> shift & 0xf];
            }
        }
        return at;
    }

    private void room(int wanted) {
        if (bytes.length - size < wanted) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + wanted));
        }
    }
}
