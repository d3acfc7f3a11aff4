package dev.tocsin.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.health.SourceState.Why;
import dev.tocsin.source.Composition.Form;
import dev.tocsin.source.TraefikService.Protocol;
import java.io.IOException;
import java.util.List;

/**
 * Decodes a list of services of a Traefik service by service, without ever holding the body. Confined: the poller of one
 * source. Used once.
 *
 * <p>What we do not know is passed over. What is no list of services is refused: behind a wrong Host another server may
 * answer with its own 200.
 */
final class TraefikServicesDecoder implements BodyDecoder<List<TraefikService>>, JsonFeed.Sink {
    private static final int STRING_BYTES_MAX = 64 << 10;

    /** Where in the document we are: inside of which object or list. */
    private enum Place {
        START,
        LIST,
        SERVICE,
        BALANCER,
        SERVERS,
        SERVER,
        CHECK,
        PARENT,
        CHILDREN,
        CHILD,
        STATUSES,
        ROUTERS,
        ERRORS,
        END
    }

    private final JsonFeed feed;
    private final ServiceList services;

    private Place place = Place.START;
    /** Depth inside of a value that is passed over; 0 outside. */
    private int skipping;

    private String name = "";
    private final TraefikServiceDraft draft;

    TraefikServicesDecoder(Protocol protocol, SourceLimits limits, TraefikMemo memo) {
        this.draft = new TraefikServiceDraft(memo);
        this.services = new ServiceList(protocol, limits.targetsMax());
        this.feed = new JsonFeed(this, JsonToken.START_ARRAY, limits.bodyBytesMax(), STRING_BYTES_MAX);
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) throws AnswerRefused {
        feed.feed(bytes, offset, length);
    }

    @Override
    public List<TraefikService> finish() throws AnswerRefused {
        feed.finish();
        return services.all();
    }

    @Override
    public String place() {
        return place == Place.START || place == Place.LIST || place == Place.END
                ? "the list of services"
                : services.next() + "'s " + CleanText.of(name, 100);
    }

    @Override
    public void token(JsonToken token, JsonParser parser) throws IOException, AnswerRefused {
        if (skipping > 0) {
            skipping += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } else if (token == JsonToken.FIELD_NAME) {
            name = parser.currentName();
        } else if (token.isStructEnd()) {
            leave();
        } else {
            value(token, parser);
        }
    }

    private void leave() throws AnswerRefused {
        place = switch (place) {
            case START, END, LIST -> Place.END;
            case SERVICE -> {
                services.add(draft);
                yield Place.LIST;
            }
            case BALANCER, PARENT, STATUSES, ROUTERS, ERRORS -> Place.SERVICE;
            case SERVERS, CHECK -> Place.BALANCER;
            case CHILDREN -> Place.PARENT;
            case CHILD -> {
                draft.composition().childEnds();
                yield Place.CHILDREN;
            }
            case SERVER -> {
                draft.serverEnds();
                yield Place.SERVERS;
            }
        };
    }

    private void value(JsonToken token, JsonParser parser) throws IOException, AnswerRefused {
        switch (place) {
            case START -> place = Place.LIST;
            case LIST -> begin(token);
            case SERVERS -> {
                enter(token, JsonToken.START_OBJECT, Place.SERVER);
                draft.serverBegins();
            }
            case STATUSES -> text(token, parser);
            case CHILDREN -> {
                enter(token, JsonToken.START_OBJECT, Place.CHILD);
                draft.composition().childBegins();
            }
            case SERVER -> server(token, parser);
            case PARENT -> parent(token, parser);
            case CHILD -> child(token, parser);
            case ROUTERS, ERRORS, CHECK -> text(token, parser);
            case SERVICE -> field(token, parser);
            case BALANCER -> {
                switch (name) {
                    case "servers" -> enter(token, JsonToken.START_ARRAY, Place.SERVERS);
                    case "healthCheck" -> {
                        enter(token, JsonToken.START_OBJECT, Place.CHECK);
                        draft.checked();
                    }
                    default -> passOver(token);
                }
            }
            case END -> throw new IllegalStateException("a value after the end");
        }
    }

    private void begin(JsonToken token) throws AnswerRefused {
        if (token != JsonToken.START_OBJECT) {
            throw new AnswerRefused(
                    Why.MALFORMED, services.next() + ": got " + JsonFeed.name(token) + ", wanted an object");
        }
        place = Place.SERVICE;
        name = "";
        draft.begin();
    }

    private void field(JsonToken token, JsonParser parser) throws IOException, AnswerRefused {
        switch (name) {
            case "loadBalancer" -> {
                enter(token, JsonToken.START_OBJECT, Place.BALANCER);
                draft.balancer();
            }
            case "weighted" -> composed(token, Form.WEIGHTED);
            case "highestRandomWeight" -> composed(token, Form.HIGHEST_RANDOM_WEIGHT);
            case "mirroring" -> composed(token, Form.MIRRORING);
            case "failover" -> composed(token, Form.FAILOVER);
            case "serverStatus" -> enter(token, JsonToken.START_OBJECT, Place.STATUSES);
            case "usedBy" -> enter(token, JsonToken.START_ARRAY, Place.ROUTERS);
            case "error" -> enter(token, JsonToken.START_ARRAY, Place.ERRORS);
            default -> text(token, parser);
        }
    }

    private void composed(JsonToken token, Form form) throws AnswerRefused {
        enter(token, JsonToken.START_OBJECT, Place.PARENT);
        if (place == Place.PARENT) {
            draft.composition().form(form);
        }
    }

    private void parent(JsonToken token, JsonParser parser) throws IOException, AnswerRefused {
        switch (name) {
            case "services" -> enter(token, JsonToken.START_ARRAY, Place.CHILDREN);
            case "healthCheck" -> {
                if (token == JsonToken.START_OBJECT) {
                    draft.composition().dropsTheDead();
                }
                passOver(token);
            }
            default -> text(token, parser);
        }
    }

    private void child(JsonToken token, JsonParser parser) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT && name.equals("weight")) {
            draft.composition()
                    .weight(parser.getNumberType() == NumberType.INT ? parser.getIntValue() : Integer.MAX_VALUE);
        } else {
            text(token, parser);
        }
    }

    private void server(JsonToken token, JsonParser parser) throws IOException {
        if (token == JsonToken.VALUE_TRUE && name.equals("fenced")) {
            draft.fenced();
        } else {
            text(token, parser);
        }
    }

    private void text(JsonToken token, JsonParser parser) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            passOver(token);
            return;
        }
        switch (place) {
            case SERVICE -> serviceText(parser);
            case SERVER -> {
                if (name.equals("url") || name.equals("address")) {
                    draft.server(parser.getText());
                }
            }
            case CHECK -> checkText(parser);
            case PARENT -> parentText(parser);
            case CHILD -> {
                if (name.equals("name")) {
                    draft.composition().child(parser.getText());
                }
            }
            case STATUSES -> draft.serverStatus(name, parser.getText().equals("UP"));
            case ROUTERS -> draft.usedBy(parser.getText());
            case ERRORS -> draft.error(parser.getText());
            case START, LIST, BALANCER, SERVERS, CHILDREN, END ->
                throw new IllegalStateException("no text in " + place);
        }
    }

    private void serviceText(JsonParser parser) throws IOException {
        switch (name) {
            case "name" -> draft.named(parser.getText());
            case "provider" -> draft.provider(parser.getText());
            case "status" -> draft.status(parser.getText());
            default -> {}
        }
    }

    private void parentText(JsonParser parser) throws IOException {
        switch (name) {
            case "service" -> draft.composition().main(parser.getText());
            case "fallback" -> draft.composition().fallback(parser.getText());
            default -> {}
        }
    }

    private void checkText(JsonParser parser) throws IOException {
        switch (name) {
            case "path" -> draft.path(parser.getText());
            case "interval" -> draft.interval(parser.getText());
            case "timeout" -> draft.timeout(parser.getText());
            default -> {}
        }
    }

    private void enter(JsonToken token, JsonToken wanted, Place inside) throws AnswerRefused {
        if (token == wanted) {
            place = inside;
        } else if (token != JsonToken.VALUE_NULL) {
            throw new AnswerRefused(
                    Why.MALFORMED, place() + ": got " + JsonFeed.name(token) + ", wanted " + JsonFeed.name(wanted));
        }
    }

    private void passOver(JsonToken token) {
        skipping = token.isStructStart() ? 1 : 0;
    }
}
