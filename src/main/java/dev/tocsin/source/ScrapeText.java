package dev.tocsin.source;

import com.google.re2j.Pattern;
import java.util.List;

/**
 * An error text of a scrape without what Prometheus wraps around it. Immutable.
 *
 * @param core hostile text, cut and without control characters
 * @param decorated the API had appended a complaint of its own
 */
record ScrapeText(ErrorScope scope, String core, boolean decorated) {
    private static final int BYTES_MAX = 4 << 10;
    private static final int WRAPPERS_MAX = 3;
    private static final int NORMALISED_MAX = 1 << 10;
    private static final String DECORATION = ": too many colons in address";
    private static final List<String> METHODS = List.of("Get \"", "Head \"", "Post \"");

    private static final Pattern EPHEMERAL_PORT = Pattern.compile("([0-9\\]]):[0-9]{1,5}->");
    private static final Pattern CURRENT_TIME = Pattern.compile("current time \\S+");
    private static final Pattern COUNTER = Pattern.compile("(stream ID |LastStreamID=|before offset )[0-9]+");
    /** Of bytes that a peer sent and Go quoted, a short harmless beginning stays: "SSH-2.0-OpenSSH_" says enough. */
    private static final Pattern PEER_BYTES =
            Pattern.compile("(malformed HTTP (?:response|version|status code) |while parsing: |bad Content-Length )"
                    + "\"([A-Za-z0-9._/-]{0,16})(?:\\\\.|[^\"\\\\])*\"?");

    private static final Pattern LABEL_SET = Pattern.compile("(label names: )\\{.*");

    static ScrapeText of(String lastError) {
        String text = CleanText.of(lastError, BYTES_MAX);
        ErrorScope scope = ErrorScope.BARE;
        int from = 0;
        for (int i = 0; i < WRAPPERS_MAX; i++) {
            int end = endOfWrapper(text, from);
            if (end < 0) {
                break;
            }
            boolean post = text.startsWith("Post", from);
            scope = post || scope == ErrorScope.POST ? ErrorScope.POST : ErrorScope.WRAPPED;
            from = end;
        }
        int to = startOfDecoration(text, from);
        return new ScrapeText(scope, text.substring(from, to), to < text.length());
    }

    /** The text with what changes from scrape to scrape left out, so that equal causes read the same. */
    String normalised() {
        String text = core.length() > NORMALISED_MAX ? core.substring(0, NORMALISED_MAX) : core;
        if (text.contains("->")) {
            text = EPHEMERAL_PORT.matcher(text).replaceAll("$1:*->");
        }
        if (text.contains("current time ")) {
            text = CURRENT_TIME.matcher(text).replaceAll("current time *");
        }
        if (text.contains("offset ") || text.contains("stream ID ") || text.contains("LastStreamID=")) {
            text = COUNTER.matcher(text).replaceAll("$1*");
        }
        if (text.indexOf('"') >= 0) {
            text = PEER_BYTES.matcher(text).replaceAll("$1\"$2…\"");
        }
        return text.contains("label names: {") ? LABEL_SET.matcher(text).replaceAll("$1{…}") : text;
    }

    /** Behind {@code Get "...": } when that stands here; -1 when not. */
    private static int endOfWrapper(String text, int from) {
        for (String method : METHODS) {
            if (text.startsWith(method, from)) {
                int i = from + method.length();
                while (i < text.length() && text.charAt(i) != '"') {
                    i += text.charAt(i) == '\\' ? 2 : 1;
                }
                return text.startsWith("\": ", i) ? i + 3 : -1;
            }
        }
        return -1;
    }

    /** Where {@code : address X: too many colons in address} begins, which the API appends; the end when it did not. */
    private static int startOfDecoration(String text, int from) {
        if (!text.endsWith(DECORATION)) {
            return text.length();
        }
        int start = text.lastIndexOf(": address ", text.length() - DECORATION.length());
        int host = start + ": address ".length();
        boolean whole = start >= from && text.indexOf(' ', host) == text.length() - DECORATION.length() + 1;
        return whole ? start : text.length();
    }
}
