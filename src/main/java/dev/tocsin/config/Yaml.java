package dev.tocsin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A YAML value that knows its place. Immutable. */
sealed interface Yaml {
    Place at();

    /** The same value as JSON, without places. */
    JsonNode json();

    /** Number of values in it, itself included: what an alias to it costs. */
    int size();

    record Scalar(Place at, JsonNode json) implements Yaml {
        @Override
        public int size() {
            return 1;
        }
    }

    record Sequence(Place at, List<Yaml> items, int size) implements Yaml {
        @Override
        public JsonNode json() {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> array.add(item.json()));
            return array;
        }
    }

    record Mapping(Place at, Map<String, Entry> entries, int size) implements Yaml {
        @Override
        public JsonNode json() {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            entries.forEach((key, entry) -> object.set(key, entry.value.json()));
            return object;
        }
    }

    /** @param key where the key stands */
    record Entry(Place key, Yaml value) {}

    /** The value under that key; null when this is no mapping or has none. */
    default @Nullable Yaml get(String key) {
        Entry entry = this instanceof Mapping mapping ? mapping.entries.get(key) : null;
        return entry == null ? null : entry.value;
    }

    /** The value under that index; null when this is no sequence or is shorter. */
    default @Nullable Yaml get(int index) {
        return this instanceof Sequence sequence && index < sequence.items.size() ? sequence.items.get(index) : null;
    }

    /** Where that key of this mapping stands; the mapping's own place when it has none. */
    default Place keyPlace(String key) {
        Entry entry = this instanceof Mapping mapping ? mapping.entries.get(key) : null;
        return entry == null ? at() : entry.key;
    }
}
