package dev.tocsin.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.health.SourceState.Why;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a small answer (a few kilobytes) into a tree and reads a value from it: of a Prometheus, from its {@code data}.
 * Confined: the poller of one source. Used once.
 */
final class SmallAnswer<T> implements BodyDecoder<T>, JsonFeed.Sink {
    private static final int STRING_BYTES_MAX = 8 << 10;

    /** Reads a part of the answer: a map, list, text, number, truth value or null. */
    interface Reading<T> {
        T of(@Nullable Object part) throws AnswerRefused;
    }

    private final String path;
    private final Reading<T> reading;
    private final JsonFeed feed;
    private final Deque<Object> open = new ArrayDeque<>();
    private final Deque<String> names = new ArrayDeque<>();
    private Object root = Map.of();

    /**
     * @param path what was asked, for messages
     * @param bytesMax a longer body is refused
     */
    SmallAnswer(String path, int bytesMax, Reading<T> reading) {
        this(path, bytesMax, STRING_BYTES_MAX, reading);
    }

    /** @param stringBytesMax longer strings are cut */
    SmallAnswer(String path, int bytesMax, int stringBytesMax, Reading<T> reading) {
        this(
                path,
                JsonToken.START_OBJECT,
                bytesMax,
                stringBytesMax,
                root -> reading.of(Envelope.data(asMap(Objects.requireNonNull(root)), path)));
    }

    private SmallAnswer(String path, JsonToken root, int bytesMax, int stringBytesMax, Reading<T> reading) {
        this.path = path;
        this.reading = reading;
        this.feed = new JsonFeed(this, root, bytesMax, stringBytesMax);
    }

    /** An answer without a frame around it, that begins so. */
    static <T> SmallAnswer<T> bare(String path, JsonToken root, int bytesMax, Reading<T> reading) {
        return new SmallAnswer<>(path, root, bytesMax, STRING_BYTES_MAX, reading);
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) throws AnswerRefused {
        feed.feed(bytes, offset, length);
    }

    @Override
    public T finish() throws AnswerRefused {
        feed.finish();
        return reading.of(root);
    }

    @Override
    public String place() {
        return names.isEmpty() ? path : path + " " + names.peek();
    }

    @Override
    public void token(JsonToken token, JsonParser parser) throws IOException, AnswerRefused {
        switch (token) {
            case START_OBJECT -> open.push(new LinkedHashMap<String, @Nullable Object>());
            case START_ARRAY -> open.push(new ArrayList<@Nullable Object>());
            case END_OBJECT, END_ARRAY -> close();
            case FIELD_NAME -> names.push(parser.currentName());
            case VALUE_STRING -> add(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> add(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> add(null);
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException("no value: " + token);
        }
    }

    private void close() throws AnswerRefused {
        Object done = open.pop();
        if (open.isEmpty()) {
            root = done;
        } else {
            add(done);
        }
    }

    private void add(@Nullable Object value) throws AnswerRefused {
        Object parent = open.getFirst();
        if (parent instanceof Map<?, ?>) {
            String name = names.pop();
            Map<String, @Nullable Object> map = asMap(parent);
            if (map.containsKey(name)) {
                throw new AnswerRefused(Why.MALFORMED, path + ": " + CleanText.of(name, 100) + " is there twice");
            }
            map.put(name, value);
        } else {
            asList(parent).add(value);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> asMap(Object map) {
        return (Map<String, @Nullable Object>) map;
    }

    @SuppressWarnings("unchecked")
    private static Collection<@Nullable Object> asList(Object list) {
        return (Collection<@Nullable Object>) list;
    }
}
