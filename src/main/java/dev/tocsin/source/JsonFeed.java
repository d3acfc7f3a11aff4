package dev.tocsin.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.tocsin.health.SourceState.Why;
import java.io.IOException;

/**
 * Turns the chunks of one JSON object or list into tokens, and whatever is wrong with them into a refusal that says where and
 * what. Confined: its decoder. Used once.
 */
final class JsonFeed {
    private static final int DEPTH_MAX = 64;
    private static final int NAME_MAX = 1 << 10;
    private static final int NUMBER_MAX = 100;
    private static final int REASON_MAX = 120;

    /** Takes the tokens in their order. */
    interface Sink {
        void token(JsonToken token, JsonParser parser) throws IOException, AnswerRefused;

        /** Where in the document we are, for people: "data.activeTargets[17].labels". */
        String place();
    }

    /* Field names are canonicalised (one String per name), but not interned for the whole process; a peer that makes
     * them collide on purpose makes us slower, not fail. NaN is not JSON, but costs a target its evidence, not the
     * source its answer. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNameLength(NAME_MAX)
                    .maxNumberLength(NUMBER_MAX)
                    .maxStringLength(Integer.MAX_VALUE) // strings are cut before the parser sees them
                    .maxDocumentLength(-1) // counted here, with the unit of the configuration
                    .build())
            .build();

    private final Sink sink;
    private final JsonToken root;
    private final long bytesMax;
    private final StreamCutter cutter;
    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private long bytes;
    private boolean begun;
    private boolean inside;
    private boolean ended;

    /**
     * @param bytesMax a longer body is refused
     * @param stringBytesMax longer strings are cut
     */
    JsonFeed(Sink sink, long bytesMax, int stringBytesMax) {
        this(sink, JsonToken.START_OBJECT, bytesMax, stringBytesMax);
    }

    /** @param root how the document begins: as an object or as a list */
    JsonFeed(Sink sink, JsonToken root, long bytesMax, int stringBytesMax) {
        this.sink = sink;
        this.root = root;
        this.bytesMax = bytesMax;
        this.cutter = new StreamCutter(stringBytesMax, "discoveredLabels");
        try {
            this.parser = FACTORY.createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new IllegalStateException("a parser without input has nothing to fail on", e);
        }
        this.feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
    }

    void feed(byte[] chunk, int offset, int length) throws AnswerRefused {
        if (length == 0) {
            return;
        }
        bytes += length;
        if (bytes > bytesMax) {
            throw new AnswerRefused(Why.LIMIT, "more than " + bytesMax + " bytes");
        }
        if (!begun) {
            begin(chunk, offset, length);
        }
        try {
            cutter.pass(chunk, offset, length, this::pump);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** Refuses a body that is not complete. */
    void finish() throws AnswerRefused {
        if (!begun) {
            throw new AnswerRefused(Why.MALFORMED, "an empty body, wanted a " + noun());
        }
        try {
            feeder.endOfInput();
            drain();
            if (!ended) {
                throw new AnswerRefused(Why.MALFORMED, "cut off after " + bytes + " bytes, in " + sink.place());
            }
            parser.close();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private void begin(byte[] chunk, int offset, int length) throws AnswerRefused {
        for (int i = offset; i < offset + length; i++) {
            byte b = chunk[i];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                begun = true;
                checkFirst(b);
                return;
            }
        }
    }

    private static void checkFirst(byte b) throws AnswerRefused {
        if (b == '<') {
            throw new AnswerRefused(Why.NOT_JSON, "got text that begins with '<', a login page? wanted JSON");
        }
        boolean json = b == '{'
                || b == '['
                || b == '"'
                || b == '-'
                || b >= '0' && b <= '9'
                || b == 'n'
                || b == 't'
                || b == 'f'
                || b == (byte) 0xEF;
        if (!json) {
            String shown = b > ' ' && b < 0x7F ? "'" + (char) b + "'" : String.format("byte 0x%02x", b);
            throw new AnswerRefused(Why.NOT_JSON, "got something that begins with " + shown + ", wanted JSON");
        }
    }

    private void pump(byte[] chunk, int from, int to) throws IOException, AnswerRefused {
        feeder.feedInput(chunk, from, to);
        drain();
    }

    private void drain() throws IOException, AnswerRefused {
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.NOT_AVAILABLE && token != null) {
            if (!inside) {
                enter(token);
            }
            sink.token(token, parser);
            if (token.isStructEnd() && parser.getParsingContext().inRoot()) {
                inside = false;
                ended = true;
            }
        }
    }

    private void enter(JsonToken token) throws AnswerRefused {
        if (ended) {
            throw new AnswerRefused(Why.MALFORMED, "more after the end of the " + noun());
        }
        if (token != root) {
            throw new AnswerRefused(Why.MALFORMED, "got " + name(token) + ", wanted a " + noun());
        }
        inside = true;
    }

    private String noun() {
        return root == JsonToken.START_ARRAY ? "JSON list" : "JSON object";
    }

    private AnswerRefused refusal(IOException e) {
        Why why = e instanceof StreamConstraintsException ? Why.LIMIT : Why.MALFORMED;
        String reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        String line = UrlRedactor.redactText(CleanText.of(reason == null ? "" : reason, REASON_MAX));
        return new AnswerRefused(why, "in " + sink.place() + ", near byte " + bytes + ": " + line);
    }

    /** A token for people. */
    static String name(JsonToken token) {
        return switch (token) {
            case START_OBJECT, END_OBJECT -> "an object";
            case START_ARRAY, END_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a truth value";
            case VALUE_NULL -> "null";
            case FIELD_NAME -> "a name";
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "nothing";
        };
    }
}
