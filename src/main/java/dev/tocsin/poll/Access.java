package dev.tocsin.poll;

import io.vertx.core.net.ClientSSLOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What opens the door of a source, as its files say now. Immutable; holds secrets, never prints them.
 *
 * @param headers of requests, {@code Authorization} among them
 * @param tls null for plain HTTP
 */
record Access(Map<String, String> headers, @Nullable ClientSSLOptions tls) {
    Access {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "Access" + headers.keySet();
    }
}
