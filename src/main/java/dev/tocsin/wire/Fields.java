package dev.tocsin.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tocsin.health.Named;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object on its way back to a record, with the place of what is wrong. Unknown fields are no mistake. */
final class Fields {
    private final JsonNode node;
    private final String path;

    private Fields(JsonNode node, String path) throws RecordRefused {
        this.node = node;
        this.path = path;
        if (!node.isObject()) {
            throw refused(path, node, "an object");
        }
    }

    static Fields of(JsonNode node, String path) throws RecordRefused {
        return new Fields(node, path);
    }

    boolean has(String name) {
        JsonNode value = node.get(name);
        return value != null && !value.isNull();
    }

    Fields object(String name) throws RecordRefused {
        return new Fields(value(name, "an object"), path + "." + name);
    }

    List<Fields> objects(String name) throws RecordRefused {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            objects.add(new Fields(element, path + "." + name + "[" + objects.size() + "]"));
        }
        return objects;
    }

    String text(String name) throws RecordRefused {
        JsonNode value = value(name, "a text");
        if (!value.isTextual()) {
            throw refused(path + "." + name, value, "a text");
        }
        return value.textValue();
    }

    @Nullable
    String textOrNull(String name) throws RecordRefused {
        return has(name) ? text(name) : null;
    }

    List<String> texts(String name) throws RecordRefused {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw refused(path + "." + name + "[" + texts.size() + "]", element, "a text");
            }
            texts.add(element.textValue());
        }
        return List.copyOf(texts);
    }

    Map<String, String> pairs(String name) throws RecordRefused {
        Fields object = object(name);
        Map<String, String> pairs = new HashMap<>();
        for (Map.Entry<String, JsonNode> pair : object.node.properties()) {
            pairs.put(pair.getKey(), object.text(pair.getKey()));
        }
        return pairs;
    }

    long whole(String name) throws RecordRefused {
        JsonNode value = value(name, "a whole number");
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw refused(path + "." + name, value, "a whole number");
        }
        return value.longValue();
    }

    int count(String name) throws RecordRefused {
        long value = whole(name);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new RecordRefused(path + "." + name + ": got " + value + ", want 0 to " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    double decimal(String name) throws RecordRefused {
        JsonNode value = value(name, "a number");
        if (!value.isNumber()) {
            throw refused(path + "." + name, value, "a number");
        }
        return value.doubleValue();
    }

    boolean flag(String name) throws RecordRefused {
        JsonNode value = value(name, "true or false");
        if (!value.isBoolean()) {
            throw refused(path + "." + name, value, "true or false");
        }
        return value.booleanValue();
    }

    Instant time(String name) throws RecordRefused {
        return instant(path + "." + name, text(name));
    }

    List<Instant> times(String name) throws RecordRefused {
        List<Instant> times = new ArrayList<>();
        for (String text : texts(name)) {
            times.add(instant(path + "." + name + "[" + times.size() + "]", text));
        }
        return times;
    }

    @Nullable
    Instant timeOrNull(String name) throws RecordRefused {
        return has(name) ? time(name) : null;
    }

    <E extends Enum<E> & Named> E word(Class<E> type, String name) throws RecordRefused {
        String text = text(name);
        var constant = Named.of(type, text);
        if (constant.isEmpty()) {
            throw refused(
                    path + "." + name,
                    value(name, ""),
                    "one of "
                            + Arrays.stream(type.getEnumConstants())
                                    .map(Named::text)
                                    .toList());
        }
        return constant.get();
    }

    <E extends Enum<E> & Named> @Nullable E wordOrNull(Class<E> type, String name) throws RecordRefused {
        return has(name) ? word(type, name) : null;
    }

    RecordRefused unknownWord(String name, String wanted) throws RecordRefused {
        return refused(path + "." + name, value(name, wanted), wanted);
    }

    private static Instant instant(String place, String text) throws RecordRefused {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw refused(place, TextNode.valueOf(text), "a time such as 2026-11-20T10:00:03.120Z");
        }
    }

    private JsonNode array(String name) throws RecordRefused {
        JsonNode value = value(name, "a list");
        if (!value.isArray()) {
            throw refused(path + "." + name, value, "a list");
        }
        return value;
    }

    private JsonNode value(String name, String wanted) throws RecordRefused {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw new RecordRefused(path + "." + name + ": got nothing, want " + wanted);
        }
        return value;
    }

    private static RecordRefused refused(String place, JsonNode came, String wanted) {
        String text = came.isContainerNode() ? came.getNodeType().name().toLowerCase(Locale.ROOT) : came.toString();
        return new RecordRefused(
                place + ": got " + (text.length() > 80 ? text.substring(0, 80) + "..." : text) + ", want " + wanted);
    }
}
