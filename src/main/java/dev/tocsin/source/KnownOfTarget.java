package dev.tocsin.source;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.tocsin.health.Target;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the target that an error is about; null where not known. Immutable.
 *
 * @param url scrape URL, redacted
 * @param job the {@code job} label, not the pool that stands in for one
 * @param instance the {@code instance} label
 * @param pool the scrape pool
 */
public record KnownOfTarget(
        @Nullable String url,
        @Nullable String job,
        @Nullable String instance,
        @Nullable String pool) {
    public static final KnownOfTarget NOTHING = new KnownOfTarget(null, null, null, null);

    private static final int TEXT_BYTES_MAX = 4 << 10;
    private static final Pattern WRAPPER = Pattern.compile("^(?:Get|Head) \"([^\"\\\\]*)\": ");

    public static KnownOfTarget of(Target target) {
        return new KnownOfTarget(
                UrlRedactor.redact(target.url()),
                target.labels().get("job"),
                target.labels().get("instance"),
                target.pool());
    }

    /** What an error text itself names: the URL in its {@code Get "..."} wrapper. */
    public static KnownOfTarget ofText(String lastError) {
        Matcher wrapper = WRAPPER.matcher(CleanText.of(lastError, TEXT_BYTES_MAX));
        return wrapper.find() ? new KnownOfTarget(UrlRedactor.redact(wrapper.group(1)), null, null, null) : NOTHING;
    }
}
