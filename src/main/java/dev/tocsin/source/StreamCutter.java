package dev.tocsin.source;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts out of a JSON stream what nobody needs, before the parser sees it: the rest of overlong strings, and the inside of
 * objects of one name. Confined: its decoder.
 *
 * <p>The parser holds a string until its end, so a string of 1 GB would be held whole. This passes the first {@code keep}
 * bytes of each string and drops the rest up to the closing quote, never inside an escape or a UTF-8 sequence. Of {@code
 * "discoveredLabels":{...}}, 40 to 87 % of the bytes of real answers, it passes <code>{}</code>. What is dropped is only
 * checked for its quotes and braces. Nothing is copied: the parser is fed ranges of the given array.
 */
final class StreamCutter {
    /** Backslash, u, four hex digits. */
    private static final int LONGEST_ESCAPE = 6;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * LOW_BITS;
    private static final long BACKSLASHES = '\\' * LOW_BITS;

    /** Takes the ranges that are kept. */
    interface Next {
        void feed(byte[] bytes, int from, int to) throws IOException, AnswerRefused;
    }

    private enum State {
        OUTSIDE,
        STRING,
        REST_OF_STRING,
        OBJECT,
        STRING_OF_OBJECT
    }

    private final int keep;
    private final byte[] unwanted;
    private State state = State.OUTSIDE;
    private boolean afterBackslash;
    /** Bytes of this string before the current chunk. */
    private int run;

    private int lastEscape;
    private int depth;

    /**
     * @param keep bytes of a string, as written in the document, that pass
     * @param unwanted name of the objects whose inside is dropped; written otherwise than plainly, or torn between chunks,
     *     it is not recognised and the object passes
     */
    StreamCutter(int keep, String unwanted) {
        this.keep = keep;
        this.unwanted = unwanted.getBytes(StandardCharsets.US_ASCII);
    }

    void pass(byte[] bytes, int offset, int length, Next next) throws IOException, AnswerRefused {
        int end = offset + length;
        int from = state == State.OUTSIDE || state == State.STRING ? offset : end; // of what passes
        int i = offset;
        while (i < end) {
            switch (state) {
                case OUTSIDE -> i = toString(bytes, i, end);
                case STRING -> {
                    i = throughString(bytes, i, end);
                    if (state == State.REST_OF_STRING || state == State.OBJECT) {
                        next.feed(bytes, from, i);
                        from = end;
                    }
                }
                case REST_OF_STRING -> {
                    i = toQuote(bytes, i, end, State.OUTSIDE);
                    if (state == State.OUTSIDE) {
                        from = i - 1; // the quote passes
                    }
                }
                case STRING_OF_OBJECT -> i = toQuote(bytes, i, end, State.OBJECT);
                case OBJECT -> {
                    i = throughObject(bytes, i, end);
                    if (state == State.OUTSIDE) {
                        from = i - 1; // the brace passes
                    }
                }
            }
        }
        if (from < end) {
            next.feed(bytes, from, end);
        }
    }

    private int toString(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end) {
            if (bytes[i++] == '"') {
                state = State.STRING;
                run = 0;
                lastEscape = -LONGEST_ESCAPE;
                break;
            }
        }
        return i;
    }

    /** Behind the end of the string; or to where it is to be cut; or behind the brace of an unwanted object. */
    private int throughString(byte[] bytes, int start, int end) {
        int i = start;
        int base = run - start;
        if (afterBackslash) {
            afterBackslash = false;
            i++;
        }
        while (i < end) {
            int limit = Math.min(end, Math.max(i, keep - base));
            i = quoteOrBackslash(bytes, i, limit);
            if (i == end) {
                break;
            }
            byte b = bytes[i];
            if (b == '"') {
                return endOfString(bytes, start, i, end);
            }
            if (base + i >= keep && mayCutBefore(b, base + i)) {
                state = State.REST_OF_STRING;
                return i;
            }
            if (b == '\\') {
                lastEscape = base + i;
                afterBackslash = ++i == end;
            }
            i = Math.min(end, i + 1);
        }
        run = base + end;
        return end;
    }

    private int endOfString(byte[] bytes, int start, int quote, int end) {
        boolean opens = run == 0
                && quote - start == unwanted.length
                && quote + 2 < end
                && bytes[quote + 1] == ':'
                && bytes[quote + 2] == '{'
                && Arrays.equals(bytes, start, quote, unwanted, 0, unwanted.length);
        state = opens ? State.OBJECT : State.OUTSIDE;
        depth = 1;
        return opens ? quote + 3 : quote + 1;
    }

    private boolean mayCutBefore(byte b, int at) {
        boolean startsCharacter = (b & 0xC0) != 0x80;
        return b == '\\' || (startsCharacter && at - lastEscape >= LONGEST_ESCAPE);
    }

    /** Behind the closing quote of a string that is dropped; the end when it is not here. */
    private int toQuote(byte[] bytes, int start, int end, State then) {
        int i = start;
        if (afterBackslash) {
            afterBackslash = false;
            i++;
        }
        while (i < end) {
            i = quoteOrBackslash(bytes, i, end);
            if (i == end) {
                break;
            }
            if (bytes[i] == '"') {
                state = then;
                return i + 1;
            }
            afterBackslash = i + 1 == end;
            i += 2;
        }
        return end;
    }

    /** Behind the closing brace of the object; the end when it is not here. */
    private int throughObject(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end) {
            byte b = bytes[i++];
            if (b == '"') {
                state = State.STRING_OF_OBJECT;
                i = toQuote(bytes, i, end, State.OBJECT);
            } else if (b == '{') {
                depth++;
            } else if (b == '}' && --depth == 0) {
                state = State.OUTSIDE;
                return i;
            }
        }
        return end;
    }

    /** The first quote or backslash, eight bytes at a time. */
    private static int quoteOrBackslash(byte[] bytes, int start, int end) {
        int i = start;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long word = (long) WORDS.get(bytes, i);
            long found = (zeroes(word ^ QUOTES) | zeroes(word ^ BACKSLASHES)) & HIGH_BITS;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < end && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    /** The high bit of the first byte that is zero, and of none before it. */
    private static long zeroes(long word) {
        return (word - LOW_BITS) & ~word;
    }
}
