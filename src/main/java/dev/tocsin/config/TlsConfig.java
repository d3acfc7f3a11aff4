package dev.tocsin.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a source's certificate is verified and ours is shown. Files are PEM, absolute, read again when they change.
 * Immutable.
 *
 * @param caFile trusted instead of the platform's; null for the platform's
 * @param certFile our certificate; null for none
 * @param keyFile its key; null exactly when {@code certFile} is
 * @param serverName the name to ask for and to verify; null for the host of the URL
 * @param insecureSkipVerify trusts anybody
 */
public record TlsConfig(
        @Nullable Path caFile,
        @Nullable Path certFile,
        @Nullable Path keyFile,
        @Nullable String serverName,
        boolean insecureSkipVerify) {
    public static final TlsConfig DEFAULT = new TlsConfig(null, null, null, null, false);
}
