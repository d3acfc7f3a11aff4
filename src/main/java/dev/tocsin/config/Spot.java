package dev.tocsin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of a configuration on its way into a record, or the want of one. Confined: one call. What has the wrong type
 * reads as absent here: the schema has said so already.
 *
 * @param value null when absent
 * @param place its own, or that of the mapping that lacks it
 * @param base folder that relative paths are relative to
 * @param mistakes where {@link #mistake} goes
 */
record Spot(@Nullable Yaml value, Place place, String path, Path base, List<Mistake> mistakes) {

    Spot child(String key) {
        Yaml child = value == null ? null : value.get(key);
        return new Spot(child, child == null ? place : child.at(), Paths.child(path, key), base, mistakes);
    }

    List<Spot> items() {
        List<Spot> items = new ArrayList<>();
        if (value instanceof Yaml.Sequence sequence) {
            for (Yaml item : sequence.items()) {
                items.add(new Spot(item, item.at(), path + "[" + items.size() + "]", base, mistakes));
            }
        }
        return items;
    }

    /** The values of a mapping, in the order of the file. */
    Map<String, Spot> entries() {
        Map<String, Spot> entries = new LinkedHashMap<>();
        if (value instanceof Yaml.Mapping mapping) {
            mapping.entries().keySet().forEach(key -> entries.put(key, child(key)));
        }
        return entries;
    }

    /** This value with the place of its key: for mistakes that concern the key. */
    Spot atKey(Spot parent, String key) {
        Place at = parent.value == null ? place : parent.value.keyPlace(key);
        return new Spot(value, at, path, base, mistakes);
    }

    boolean present() {
        return value != null;
    }

    void mistake(String text) {
        mistakes.add(new Mistake(place, path, text));
    }

    Optional<String> text() {
        return json().filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /** A text, number or truth value as it is written in JSON. */
    Optional<String> scalar() {
        return json().filter(JsonNode::isValueNode)
                .filter(node -> !node.isNull())
                .map(JsonNode::asText);
    }

    Optional<Boolean> bool() {
        return json().filter(JsonNode::isBoolean).map(JsonNode::asBoolean);
    }

    Optional<Double> number() {
        return json().filter(JsonNode::isNumber).map(JsonNode::asDouble);
    }

    Optional<Integer> integer() {
        return json().filter(JsonNode::canConvertToExactIntegral)
                .filter(JsonNode::canConvertToInt)
                .map(JsonNode::asInt);
    }

    Optional<Duration> duration() {
        return text().flatMap(Units::duration);
    }

    Optional<Long> size() {
        return text().flatMap(Units::size);
    }

    /** The duration, held between two bounds. */
    Duration durationWithin(Duration min, Duration max, Duration absent) {
        Optional<Duration> read = duration();
        if (read.isEmpty()) {
            return absent;
        }
        if (read.get().compareTo(min) < 0 || read.get().compareTo(max) > 0) {
            mistake("got " + Paths.shown(text().orElse("")) + ", want " + Units.text(min) + " to " + Units.text(max));
            return absent;
        }
        return read.get();
    }

    /** A regular expression. */
    Optional<Pattern> pattern() {
        try {
            return text().map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            mistake("got " + Paths.shown(text().orElse("")) + ", want a regular expression ("
                    + Paths.printable(e.getDescription(), 80) + ")");
            return Optional.empty();
        }
    }

    /** The path, absolute. */
    Optional<Path> file() {
        Optional<String> text = text().filter(t -> !t.isEmpty());
        try {
            return text.map(t -> base.resolve(t).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            mistake("got " + Paths.shown(text.orElse("")) + ", want a path of a file or folder");
            return Optional.empty();
        }
    }

    private Optional<JsonNode> json() {
        return Optional.ofNullable(value).map(Yaml::json);
    }
}
