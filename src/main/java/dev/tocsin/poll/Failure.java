package dev.tocsin.poll;

import dev.tocsin.health.SourceState.Why;
import dev.tocsin.source.Exchange;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.proxy.ProxyConnectException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a failed request says of the way to its source. */
final class Failure {
    private static final int DETAIL_MAX = 300;
    private static final int DEPTH_MAX = 16;

    private Failure() {}

    /** The end of an exchange that {@code failure} broke after {@code bytes} of its body, or none of its answer. */
    static <T> Exchange.Failed<T> of(Throwable failure, boolean answering, long bytes) {
        UnknownHostException unknown = find(failure, UnknownHostException.class);
        Throwable root = unknown == null ? root(failure) : unknown;
        Why why = why(failure, root, answering);
        String cut = answering && closed(failure) ? "the answer was cut after " + bytes + " bytes: " : "";
        return new Exchange.Failed<>(why, cut + text(root, why));
    }

    /** Whether the connection went away, rather than never came. */
    static boolean closed(Throwable failure) {
        return find(failure, HttpClosedException.class) != null
                || find(failure, PrematureChannelClosureException.class) != null
                || (find(failure, IOException.class) != null && !connecting(failure));
    }

    private static boolean connecting(Throwable failure) {
        return find(failure, ConnectException.class) != null
                || find(failure, NoRouteToHostException.class) != null
                || find(failure, UnknownHostException.class) != null
                || find(failure, SSLException.class) != null;
    }

    private static Why why(Throwable failure, Throwable root, boolean answering) {
        KeysMissing keys = find(failure, KeysMissing.class);
        if (keys != null) {
            return keys.why();
        } else if (find(failure, UnknownHostException.class) != null) {
            return Why.DNS;
        } else if (find(failure, ConnectTimeoutException.class) != null) {
            return Why.TIMEOUT;
        } else if (find(failure, SSLException.class) != null
                || find(failure, GeneralSecurityException.class) != null
                || said(failure).contains("ssl handshake")) {
            return Why.TLS;
        } else if (find(failure, TooLongFrameException.class) != null) {
            return Why.LIMIT;
        } else if (find(failure, ProxyConnectException.class) != null) {
            return Why.UNREACHABLE;
        } else if (find(failure, ConnectException.class) != null) {
            return said(root).contains("refused") ? Why.REFUSED : Why.UNREACHABLE;
        } else if (find(failure, PrematureChannelClosureException.class) != null
                || find(failure, DecompressionException.class) != null) {
            return Why.MALFORMED;
        } else if (find(failure, HttpClosedException.class) != null || find(failure, SocketException.class) != null) {
            return answering ? Why.MALFORMED : Why.UNREACHABLE;
        } else if (find(failure, CodecException.class) != null
                || find(failure, IllegalArgumentException.class) != null) {
            return Why.MALFORMED;
        } else if (find(failure, ConnectionPoolTooBusyException.class) != null) {
            return Why.TIMEOUT;
        }
        return answering ? Why.MALFORMED : Why.UNREACHABLE;
    }

    private static String text(Throwable root, Why why) {
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        String cut = clean(message);
        return why == Why.MALFORMED && root instanceof IllegalArgumentException ? "not HTTP: " + cut : cut;
    }

    /** Hostile text, short and without control characters. */
    static String clean(String text) {
        String cut = text.length() > DETAIL_MAX ? text.substring(0, DETAIL_MAX) + "..." : text;
        return cut.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String said(Throwable failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static Throwable root(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at.getCause() != null && depth < DEPTH_MAX; depth++) {
            at = at.getCause();
        }
        return at;
    }

    private static <E extends Throwable> @Nullable E find(Throwable failure, Class<E> type) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEPTH_MAX; depth++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }
}
