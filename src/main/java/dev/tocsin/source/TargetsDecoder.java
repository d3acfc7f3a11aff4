package dev.tocsin.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.health.Observation;
import dev.tocsin.health.SourceState.Why;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an answer to {@code /api/v1/targets} target by target, without ever holding the body. Confined: the poller of
 * one source. Used once.
 *
 * <p>{@code discoveredLabels} and every field we do not know are passed over and never kept: they hold secrets. What
 * it finds goes to a {@link TargetList}.
 */
final class TargetsDecoder implements BodyDecoder<List<Observation>>, JsonFeed.Sink {
    private static final int STRING_BYTES_MIN = 64 << 10;
    /** A character may be written as a six byte escape; controls that are dropped come on top. */
    private static final int BYTES_PER_CHARACTER = 8;

    /** Where in the document we are: inside of which object or list. */
    private enum Place {
        START,
        ENVELOPE,
        DATA,
        TARGETS,
        TARGET,
        LABELS
    }

    /** The fields of a target that we read. */
    private enum Field {
        LABELS,
        SCRAPE_POOL,
        SCRAPE_URL,
        LAST_ERROR,
        LAST_SCRAPE,
        LAST_SCRAPE_DURATION,
        HEALTH,
        SCRAPE_INTERVAL,
        SCRAPE_TIMEOUT,
        OTHER
    }

    private final TargetDraft draft;
    private final SourceLimits limits;
    private final TargetList list;
    private final End end;
    private final JsonFeed feed;

    private Place place = Place.START;
    /** Depth inside of a value that is passed over; 0 outside. */
    private int skipping;

    private String name = "";
    private Field field = Field.OTHER;
    private int fieldsSeen;
    private @Nullable String badShape;

    private @Nullable String status;
    private @Nullable String errorType;
    private @Nullable String error;
    private boolean dataSeen;
    private boolean targetsSeen;
    private int targets;

    /** What a whole answer brings. */
    interface End {
        List<Observation> of() throws AnswerRefused;
    }

    TargetsDecoder(TargetDraft draft, SourceLimits limits, TargetList list, End end) {
        this.draft = draft;
        this.limits = limits;
        this.list = list;
        this.end = end;
        int stringBytes = (int) Math.max(STRING_BYTES_MIN, (long) BYTES_PER_CHARACTER * limits.lastErrorBytesMax());
        this.feed = new JsonFeed(this, limits.bodyBytesMax(), stringBytes);
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) throws AnswerRefused {
        feed.feed(bytes, offset, length);
    }

    @Override
    public List<Observation> finish() throws AnswerRefused {
        feed.finish();
        if ("error".equals(status)) {
            throw Envelope.error("targets", errorType, error);
        }
        if (!"success".equals(status)) {
            throw Envelope.noStatus("targets");
        }
        if (!targetsSeen) {
            throw new AnswerRefused(Why.MALFORMED, "no data.activeTargets in the answer");
        }
        return end.of();
    }

    @Override
    public String place() {
        return switch (place) {
            case START -> "the answer";
            case ENVELOPE -> "the answer's " + (name.isEmpty() ? "beginning" : CleanText.of(name, 100));
            case DATA -> "data";
            case TARGETS -> "data.activeTargets";
            case TARGET -> "data.activeTargets[" + (targets - 1) + "]";
            case LABELS -> "data.activeTargets[" + (targets - 1) + "].labels";
        };
    }

    @Override
    public void token(JsonToken token, JsonParser parser) throws IOException, AnswerRefused {
        if (skipping > 0) {
            skipping += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            return;
        }
        switch (place) {
            case START -> place = Place.ENVELOPE;
            case ENVELOPE -> envelope(token, parser);
            case DATA -> data(token, parser);
            case TARGETS -> targets(token);
            case TARGET -> target(token, parser);
            case LABELS -> label(token, parser);
        }
    }

    private void envelope(JsonToken token, JsonParser parser) throws IOException, AnswerRefused {
        if (token == JsonToken.FIELD_NAME) {
            name = parser.currentName();
        } else if (name.equals("data") && token != JsonToken.END_OBJECT) {
            once(dataSeen);
            dataSeen = true;
            if (token == JsonToken.START_OBJECT) {
                place = Place.DATA;
            } else {
                passOver(token); // an error may say data: null; a success without targets is refused in the end
            }
        } else if (token == JsonToken.VALUE_STRING) {
            switch (name) {
                case "status" -> {
                    once(status != null);
                    status = parser.getText();
                }
                case "errorType" -> errorType = parser.getText();
                case "error" -> error = parser.getText();
                default -> {}
            }
        } else {
            passOver(token);
        }
    }

    private void data(JsonToken token, JsonParser parser) throws IOException, AnswerRefused {
        if (token == JsonToken.FIELD_NAME) {
            name = parser.currentName();
        } else if (token == JsonToken.END_OBJECT) {
            place = Place.ENVELOPE;
            name = "";
        } else if (name.equals("activeTargets")) {
            once(targetsSeen);
            if (token != JsonToken.START_ARRAY) {
                throw new AnswerRefused(
                        Why.MALFORMED, "data.activeTargets: got " + JsonFeed.name(token) + ", wanted a list");
            }
            targetsSeen = true;
            place = Place.TARGETS;
        } else {
            passOver(token);
        }
    }

    private void targets(JsonToken token) throws AnswerRefused {
        if (token == JsonToken.END_ARRAY) {
            place = Place.DATA;
            return;
        }
        targets++;
        list.next();
        if (list.listed() > limits.targetsMax()) {
            throw new AnswerRefused(Why.LIMIT, "more than " + limits.targetsMax() + " targets");
        }
        badShape = null;
        if (token == JsonToken.START_OBJECT) {
            place = Place.TARGET;
            field = Field.OTHER;
            fieldsSeen = 0;
            draft.begin();
        } else {
            badShape = "got " + JsonFeed.name(token) + ", wanted an object";
            list.bad("data.activeTargets[" + (targets - 1) + "]: " + badShape);
            passOver(token);
        }
    }

    private void target(JsonToken token, JsonParser parser) throws IOException, AnswerRefused {
        if (token == JsonToken.FIELD_NAME) {
            fieldBegins(parser.currentName());
        } else if (token == JsonToken.END_OBJECT) {
            targetEnds();
        } else {
            switch (field) {
                case LABELS -> {
                    if (token == JsonToken.START_OBJECT) {
                        draft.labelsBegin();
                        place = Place.LABELS;
                    } else {
                        wrongShape(token, "an object");
                    }
                }
                case LAST_SCRAPE_DURATION -> duration(token, parser);
                case OTHER -> passOver(token);
                case SCRAPE_POOL, SCRAPE_URL, LAST_ERROR, LAST_SCRAPE, HEALTH, SCRAPE_INTERVAL, SCRAPE_TIMEOUT ->
                    text(token, parser);
            }
        }
    }

    private void text(JsonToken token, JsonParser parser) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            if (field == Field.LAST_SCRAPE) {
                passOver(token); // no evidence, which costs the target its vote and nothing more
            } else {
                wrongShape(token, "a text");
            }
            return;
        }
        char[] chars = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        int length = parser.getTextLength();
        switch (field) {
            case SCRAPE_POOL -> draft.pool(chars, offset, length);
            case SCRAPE_URL -> draft.url(chars, offset, length);
            case LAST_ERROR -> draft.error(chars, offset, length);
            case LAST_SCRAPE -> draft.lastScrape(chars, offset, length);
            case HEALTH -> draft.reading(chars, offset, length);
            case SCRAPE_INTERVAL -> draft.interval(chars, offset, length);
            case SCRAPE_TIMEOUT -> draft.timeout(chars, offset, length);
            case LABELS, LAST_SCRAPE_DURATION, OTHER -> throw new IllegalStateException("no text: " + field);
        }
    }

    private void duration(JsonToken token, JsonParser parser) throws IOException {
        if (token.isNumeric()) {
            draft.duration(parser.getDoubleValue());
        } else {
            passOver(token);
        }
    }

    private void label(JsonToken token, JsonParser parser) throws IOException, AnswerRefused {
        if (token == JsonToken.FIELD_NAME) {
            name = parser.currentName();
        } else if (token == JsonToken.END_OBJECT) {
            place = Place.TARGET;
        } else if (token == JsonToken.VALUE_STRING) {
            once(!draft.label(name, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()));
        } else {
            wrongShape(token, "a text");
        }
    }

    private void fieldBegins(String fieldName) throws AnswerRefused {
        name = fieldName;
        field = field(fieldName);
        int bit = 1 << field.ordinal();
        once(field != Field.OTHER && (fieldsSeen & bit) != 0);
        fieldsSeen |= bit;
    }

    private void targetEnds() {
        place = Place.TARGETS;
        String missing = badShape == null ? draft.missing() : null;
        if (missing != null) {
            badShape = "has no " + missing;
        }
        if (badShape != null) {
            list.bad("data.activeTargets[" + (targets - 1) + "] " + badShape);
        } else if (draft.overlong()) {
            list.overlong();
        } else {
            draft.end();
        }
    }

    private void wrongShape(JsonToken token, String wanted) {
        badShape = CleanText.of(name, 100) + ": got " + JsonFeed.name(token) + ", wanted " + wanted;
        passOver(token);
    }

    private void passOver(JsonToken token) {
        skipping = token.isStructStart() ? 1 : 0;
    }

    private void once(boolean seenBefore) throws AnswerRefused {
        if (seenBefore) {
            throw new AnswerRefused(
                    Why.MALFORMED, "in " + place() + ": " + CleanText.of(name, 100) + " is there twice");
        }
    }

    private static Field field(String name) {
        return switch (name) {
            case "labels" -> Field.LABELS;
            case "scrapePool" -> Field.SCRAPE_POOL;
            case "scrapeUrl" -> Field.SCRAPE_URL;
            case "lastError" -> Field.LAST_ERROR;
            case "lastScrape" -> Field.LAST_SCRAPE;
            case "lastScrapeDuration" -> Field.LAST_SCRAPE_DURATION;
            case "health" -> Field.HEALTH;
            case "scrapeInterval" -> Field.SCRAPE_INTERVAL;
            case "scrapeTimeout" -> Field.SCRAPE_TIMEOUT;
            default -> Field.OTHER;
        };
    }
}
