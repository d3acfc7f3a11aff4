package dev.tocsin.source;

/** Hostile text made fit to keep: cut, without control characters. */
final class CleanText {
    private CleanText() {}

    /** At most {@code bytesMax} bytes of UTF-8; line ends and tabs are a space, other control characters nothing. */
    static String of(String text, int bytesMax) {
        if (text.length() * 3L <= bytesMax && !hasControls(text)) {
            return text;
        }
        char[] chars = text.toCharArray();
        return of(chars, 0, chars.length, bytesMax);
    }

    static String of(char[] chars, int offset, int length, int bytesMax) {
        char[] kept = new char[Math.min(length, bytesMax)];
        int used = 0;
        int bytes = 0;
        for (int i = offset; i < offset + length; i++) {
            char c = chars[i];
            if (c == '\n' || c == '\r' || c == '\t') {
                c = ' ';
            } else if (Character.isISOControl(c)) {
                continue;
            }
            int width = c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
            boolean pairAhead = Character.isHighSurrogate(c);
            if (bytes + (pairAhead ? 2 * width : width) > bytesMax) {
                break;
            }
            bytes += width;
            kept[used++] = c;
        }
        return new String(kept, 0, used);
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
