package dev.tocsin.poll;

import dev.tocsin.poll.ScriptedServer.Script;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Scripts for a {@link ScriptedServer}: what a Prometheus says, and what goes wrong on the way. Immutable. */
final class Answers {
    static final String TARGETS = "/api/v1/targets";
    static final String RUNTIME = "/api/v1/status/runtimeinfo";
    static final String POOLS = "/api/v1/scrape_pools";
    static final String WAL = "/api/v1/status/walreplay";
    static final String READY = "/-/ready";

    /** The start of a target list that goes on with an error text without end. */
    static final String OPEN_LIST =
            "{\"status\":\"success\",\"data\":{\"activeTargets\":[{\"health\":\"up\",\"lastError\":\"";

    static final Script NOT_FOUND = text(404, "404 page not found\n");

    static final Map<String, Script> HEALTHY = Map.of(
            TARGETS,
            json(targets(2)),
            RUNTIME,
            json(
                    "{\"status\":\"success\",\"data\":{\"startTime\":\"2026-11-20T00:00:00Z\",\"reloadConfigSuccess\":true}}"),
            POOLS,
            json("{\"status\":\"success\",\"data\":{\"scrapePools\":[\"node\"]}}"),
            WAL,
            json("{\"status\":\"success\",\"data\":{\"min\":0,\"max\":1,\"current\":0}}"),
            READY,
            text(200, "Prometheus Server is Ready.\n"));

    private Answers() {}

    static String targets(int count) {
        return targets(
                IntStream.range(0, count).mapToObj(i -> target("host-" + i)).collect(Collectors.joining(",")));
    }

    static String targets(String list) {
        return "{\"status\":\"success\",\"data\":{\"activeTargets\":[" + list
                + "],\"droppedTargets\":[],\"droppedTargetCounts\":null}}";
    }

    static String target(String host) {
        return target(host, "\"lastScrape\":\"2026-11-21T00:00:00.5Z\",\"lastScrapeDuration\":0.01,\"health\":\"up\"");
    }

    /** A target with those fields in the place of scrape time, duration and health. */
    static String target(String host, String evidence) {
        return "{\"discoveredLabels\":{\"__address__\":\"" + host + ":9100\"},\"labels\":{\"instance\":\"" + host
                + ":9100\",\"job\":\"node\"},\"scrapePool\":\"node\",\"scrapeUrl\":\"http://" + host
                + ":9100/metrics\",\"globalUrl\":\"http://" + host + ":9100/metrics\",\"lastError\":\"\"," + evidence
                + ",\"scrapeInterval\":\"15s\",\"scrapeTimeout\":\"10s\"}";
    }

    static Script json(String body) {
        return bytes(head(200, "application/json", body.getBytes(StandardCharsets.UTF_8).length, "") + body);
    }

    static Script json(byte[] body) {
        Buffer whole =
                Buffer.buffer(head(200, "application/json", body.length, "")).appendBytes(body);
        return (vertx, socket) -> socket.write(whole);
    }

    static Script text(int status, String body, String... headers) {
        return bytes(head(status, "text/plain; charset=utf-8", body.length(), lines(headers)) + body);
    }

    static Script typed(int status, String type, String body, String... headers) {
        return bytes(head(status, type, body.length(), lines(headers)) + body);
    }

    static Script gzip(byte[] compressed, String encoding) {
        Buffer whole = Buffer.buffer(
                        head(200, "application/json", compressed.length, "Content-Encoding: " + encoding + "\r\n"))
                .appendBytes(compressed);
        return (vertx, socket) -> socket.write(whole);
    }

    static Script bytes(String raw) {
        return (vertx, socket) -> socket.write(Buffer.buffer(raw.getBytes(StandardCharsets.UTF_8)));
    }

    static Script hang() {
        return (vertx, socket) -> {};
    }

    static Script close() {
        return (vertx, socket) -> socket.close();
    }

    static Script then(Script first, Script second) {
        return (vertx, socket) -> {
            first.play(vertx, socket);
            second.play(vertx, socket);
        };
    }

    /** Ends the connection once the bytes are out. */
    static Script thenClose(String raw) {
        return (vertx, socket) -> socket.write(raw).onComplete(v -> socket.close());
    }

    /** Sends RST in place of FIN, a little after the bytes, which it would otherwise overtake. */
    static Script thenReset(String raw) {
        return (vertx, socket) -> socket.write(raw)
                .onComplete(v -> vertx.setTimer(50, t -> {
                    ((NetSocketInternal) socket)
                            .channelHandlerContext()
                            .channel()
                            .config()
                            .setOption(ChannelOption.SO_LINGER, 0);
                    socket.close();
                }));
    }

    /** A byte every so often. */
    static Script trickle(String raw, long everyMillis) {
        return (vertx, socket) -> {
            int[] at = {0};
            vertx.setPeriodic(everyMillis, t -> {
                if (at[0] < raw.length()) {
                    socket.write(raw.substring(at[0], ++at[0])).onFailure(e -> vertx.cancelTimer(t));
                }
            });
        };
    }

    /** The head, then chunks of that text for ever, as fast as they are taken. */
    static Script endless(String start, String more) {
        Buffer chunk = chunk(more);
        return (vertx, socket) -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            socket.write(chunk(start));
            flood(vertx, socket, chunk);
        };
    }

    private static void flood(Vertx vertx, NetSocket socket, Buffer chunk) {
        socket.write(chunk).onSuccess(v -> vertx.runOnContext(t -> flood(vertx, socket, chunk)));
    }

    static Buffer chunk(String text) {
        return Buffer.buffer(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    /** That text, then as many times {@code filler}, compressed. */
    static byte[] bomb(String start, long fillers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] filler = new byte[1 << 20];
        Arrays.fill(filler, (byte) 'a');
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(start.getBytes(StandardCharsets.UTF_8));
            for (long i = 0; i < fillers; i++) {
                gzip.write(filler);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String head(int status, String type, long length, String more) {
        return "HTTP/1.1 " + status + " Reason\r\nContent-Type: " + type + "\r\nContent-Length: " + length
                + "\r\nDate: Sat, 21 Nov 2026 00:00:01 GMT\r\n" + more + "\r\n";
    }

    private static String lines(String... headers) {
        return Arrays.stream(headers).map(h -> h + "\r\n").collect(Collectors.joining());
    }
}
