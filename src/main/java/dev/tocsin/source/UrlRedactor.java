package dev.tocsin.source;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Set;

/**
 * Takes secrets out of URLs, and out of texts that quote them: user info goes, and every query value and fragment that is
 * not known to be harmless reads {@code ***}. Linear in hostile text; never fails.
 */
public final class UrlRedactor {
    private static final String HIDDEN = "***";

    /** Query parameters of exporters that say what is probed, not by whom. */
    private static final Set<String> HARMLESS = Set.of(
            "module",
            "target",
            "collect[]",
            "collect%5b%5d",
            "exclude[]",
            "exclude%5b%5d",
            "match[]",
            "match%5b%5d",
            "name[]",
            "name%5b%5d",
            "format",
            "sample_limit");

    /** {@code token=x} and {@code "token":"x"} outside of URLs. A space after a colon is prose: "cannot fetch token: 401". */
    private static final Pattern PAIRS =
            Pattern.compile("(?i)((?:pass(?:word|wd)?|token|api[_-]?key|secret|authorization|signature|credentials?)"
                    + "(?:=|\"\\s*:\\s*\"|%3[dD]))[^\\s\"&,;})]+");

    private static final Pattern BEARER = Pattern.compile("(?i)\\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]{8,}");

    private UrlRedactor() {}

    /** The URL without secrets. */
    public static String redact(String url) {
        int fragment = url.indexOf('#');
        String body = fragment < 0 ? url : url.substring(0, fragment);
        int query = body.indexOf('?');
        String path = query < 0 ? body : body.substring(0, query);
        StringBuilder out = new StringBuilder(url.length()).append(withoutUserInfo(path));
        if (query >= 0) {
            out.append('?');
            redactQuery(body.substring(query + 1), out);
        }
        return fragment < 0 ? out.toString() : out.append('#').append(HIDDEN).toString();
    }

    /** A text without the secrets of the URLs and of the {@code token=x} pairs in it. */
    public static String redactText(String text) {
        String urls = text.contains("://") ? redactUrls(text) : text;
        String pairs = mayHavePairs(urls) ? PAIRS.matcher(urls).replaceAll("$1***") : urls;
        boolean credentials = pairs.contains("earer ") || pairs.contains("asic ") || pairs.contains("EARER ");
        return credentials ? BEARER.matcher(pairs).replaceAll("$1 ***") : pairs;
    }

    /** Host and port of a URL, without user info; empty when it has none. */
    public static String hostPort(String url) {
        int start = url.indexOf("//");
        if (start < 0 || start > 0 && url.charAt(start - 1) != ':') {
            return "";
        }
        int end = endOfAuthority(url, start + 2);
        String authority = url.substring(start + 2, end);
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static boolean mayHavePairs(String text) {
        return text.indexOf('=') >= 0 || text.indexOf('"') >= 0 || text.contains("%3");
    }

    private static String withoutUserInfo(String path) {
        int start = path.startsWith("//") ? 2 : path.indexOf("://") + 3;
        if (start == 2 && !path.startsWith("//")) {
            return path;
        }
        int at = path.lastIndexOf('@', endOfAuthority(path, start) - 1);
        return at < start ? path : path.substring(0, start) + path.substring(at + 1);
    }

    private static int endOfAuthority(String url, int start) {
        int i = start;
        while (i < url.length() && "/?#".indexOf(url.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private static void redactQuery(String query, StringBuilder out) {
        int from = 0;
        while (from <= query.length()) {
            int end = query.indexOf('&', from);
            end = end < 0 ? query.length() : end;
            redactParameter(query.substring(from, end), out);
            if (end < query.length()) {
                out.append('&');
            }
            from = end + 1;
        }
    }

    private static void redactParameter(String parameter, StringBuilder out) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        boolean harmless = HARMLESS.contains(name.toLowerCase(Locale.ROOT));
        if (equals < 0) {
            out.append(harmless || parameter.isEmpty() ? parameter : HIDDEN);
        } else {
            out.append(name).append('=').append(harmless ? harmlessValue(parameter.substring(equals + 1)) : HIDDEN);
        }
    }

    /** A probed target may be a URL with secrets of its own. */
    private static String harmlessValue(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        boolean nested = value.indexOf('@') >= 0 || lower.contains("%40") || value.indexOf('?') >= 0;
        return nested || lower.contains("%3f") ? HIDDEN : value;
    }

    private static String redactUrls(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        int mark = text.indexOf("://");
        while (mark >= 0) {
            int start = startOfScheme(text, mark, copied);
            int end = endOfUrl(text, start, mark);
            out.append(text, copied, start).append(redact(text.substring(start, end)));
            copied = end;
            mark = text.indexOf("://", end);
        }
        return out.append(text, copied, text.length()).toString();
    }

    private static int startOfScheme(String text, int mark, int floor) {
        int i = mark;
        while (i > floor && (Character.isLetterOrDigit(text.charAt(i - 1)) || "+-.".indexOf(text.charAt(i - 1)) >= 0)) {
            i--;
        }
        return i;
    }

    /** A quoted URL ends at its quote, whatever is in it; another one at the first character that no URL has. */
    private static int endOfUrl(String text, int start, int mark) {
        boolean quoted = start > 0 && text.charAt(start - 1) == '"';
        int i = mark + "://".length();
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean escaped = text.charAt(i - 1) == '\\';
            if (c == '"' && !(quoted && escaped) || !quoted && (c <= ' ' || c == '<' || c == '>')) {
                break;
            }
            i++;
        }
        return i;
    }
}
