package dev.tocsin.source;

import java.io.IOException;

/**
 * Cuts overlong JSON strings out of a stream before the parser sees them. Confined: its decoder.
 *
 * <p>The parser holds a string until its end, so a string of 1 GB would be held whole. This passes the first {@code keep}
 * bytes of each string and drops the rest up to the closing quote, never inside an escape or a UTF-8 sequence. What is
 * dropped is not checked. Nothing is copied: the parser is fed ranges of the given array.
 */
final class StringCutter {
    /** Backslash, u, four hex digits. */
    private static final int LONGEST_ESCAPE = 6;

    /** Takes the ranges that are kept. */
    interface Next {
        void feed(byte[] bytes, int from, int to) throws IOException, AnswerRefused;
    }

    private final int keep;
    private boolean inString;
    private boolean afterBackslash;
    private boolean cutting;
    /** Bytes of this string so far, counted up to a little over {@link #keep}. */
    private int run;

    private int lastEscape;
    private long strings;

    /** @param keep bytes of a string, as written in the document, that pass */
    StringCutter(int keep) {
        this.keep = keep;
    }

    /** Strings that were cut. */
    long cutStrings() {
        return strings;
    }

    void pass(byte[] bytes, int offset, int length, Next next) throws IOException, AnswerRefused {
        int end = offset + length;
        int from = offset;
        int i = offset;
        while (i < end) {
            if (!inString) {
                i = nextQuote(bytes, i, end);
            } else if (cutting) {
                from = skip(bytes, i, end);
                i = cutting ? end : from + 1;
            } else {
                i = scan(bytes, i, end);
                if (cutting) {
                    next.feed(bytes, from, i);
                    from = i;
                }
            }
        }
        if (from < end) {
            next.feed(bytes, from, end);
        }
    }

    private int nextQuote(byte[] bytes, int i, int end) {
        while (i < end) {
            if (bytes[i++] == '"') {
                inString = true;
                run = 0;
                lastEscape = -LONGEST_ESCAPE;
                break;
            }
        }
        return i;
    }

    /** Goes on to the end of the string, or to where it is to be cut. */
    private int scan(byte[] bytes, int i, int end) {
        int start = i;
        int base = run;
        while (i < end) {
            byte b = bytes[i];
            int at = base + (i - start);
            if (afterBackslash) {
                afterBackslash = false;
            } else if (b == '"') {
                inString = false;
                return i + 1;
            } else if (at >= keep && mayCutBefore(b, at)) {
                cutting = true;
                strings++;
                return i;
            } else if (b == '\\') {
                afterBackslash = true;
                lastEscape = at;
            }
            i++;
        }
        run = base + (i - start);
        return i;
    }

    private boolean mayCutBefore(byte b, int at) {
        boolean startsCharacter = (b & 0xC0) != 0x80;
        return b == '\\' || (startsCharacter && at - lastEscape >= LONGEST_ESCAPE);
    }

    /** The place of the closing quote, where cutting ends; the end when it is not here. */
    private int skip(byte[] bytes, int i, int end) {
        while (i < end) {
            byte b = bytes[i];
            if (afterBackslash) {
                afterBackslash = false;
            } else if (b == '"') {
                inString = false;
                cutting = false;
                return i;
            } else if (b == '\\') {
                afterBackslash = true;
            }
            i++;
        }
        return i;
    }
}
