package dev.tocsin.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML into values with places. Confined: one call. It builds values from parser events alone: no tag makes an
 * object, and depth, aliases and what they expand to have limits.
 */
final class YamlReader {
    static final int CODE_POINTS_MAX = 1 << 20;
    private static final int DEPTH_MAX = 20; // the schema needs 7
    private static final int ALIASES_MAX = 10;
    private static final int VALUES_MAX = 400_000; // 10,000 sources x ~40 values

    private final String file;
    private final List<Mistake> mistakes;
    private final ParserImpl parser;
    private final Map<String, Yaml> anchors = new HashMap<>();
    private int aliases;
    private int values;

    private YamlReader(String file, String text, List<Mistake> mistakes) {
        this.file = file;
        this.mistakes = mistakes;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(CODE_POINTS_MAX);
        this.parser = new ParserImpl(new StreamReader(text), options);
    }

    /** The one document of a text; empty when it is none, then a mistake says why. */
    static Optional<Yaml> read(String file, String text, List<Mistake> mistakes) {
        try {
            YamlReader reader = new YamlReader(file, text, mistakes);
            return Optional.of(reader.document());
        } catch (Refused e) {
            mistakes.add(e.mistake);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String context = e.getContext() == null ? "" : e.getContext() + ", ";
            mistakes.add(new Mistake(
                    place(file, mark), "", "got broken YAML (" + oneLine(context + e.getProblem()) + "), want YAML"));
        } catch (YAMLException e) {
            /* Characters that YAML forbids: the reader knows an offset only. */
            mistakes.add(new Mistake(
                    new Place(file, 0, 0), "", "got no YAML (" + oneLine(String.valueOf(e.getMessage())) + ")"));
        }
        return Optional.empty();
    }

    private Yaml document() throws Refused {
        parser.getEvent();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            throw refused(null, "", "got an empty file, want a mapping with sources");
        }
        parser.getEvent();
        Yaml root = value("", 0);
        parser.getEvent();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw refused(parser.peekEvent(), "", "got a second document, want one");
        }
        return root;
    }

    private Yaml value(String path, int depth) throws Refused {
        Event event = parser.getEvent();
        if (++values > VALUES_MAX) {
            throw refused(event, path, "got more than " + VALUES_MAX + " values, want fewer");
        }
        if (depth > DEPTH_MAX) {
            throw refused(event, path, "got values nested deeper than " + DEPTH_MAX + ", want fewer levels");
        }
        if (event instanceof AliasEvent alias) {
            return aliased(alias, path);
        }
        NodeEvent start = (NodeEvent) event;
        Yaml value;
        if (start instanceof ScalarEvent scalar) {
            refuseTag(scalar, scalar.getTag(), path);
            Place at = place(file, scalar.getStartMark());
            value = new Yaml.Scalar(
                    at,
                    scalar.isPlain()
                            ? YamlScalars.plain(scalar.getValue())
                            : JsonNodeFactory.instance.textNode(scalar.getValue()));
        } else if (start instanceof SequenceStartEvent sequence) {
            refuseTag(sequence, sequence.getTag(), path);
            value = sequence(sequence, path, depth);
        } else {
            MappingStartEvent mapping = (MappingStartEvent) start;
            refuseTag(mapping, mapping.getTag(), path);
            value = mapping(mapping, path, depth);
        }
        if (start.getAnchor() != null) {
            anchors.put(start.getAnchor(), value);
        }
        return value;
    }

    private Yaml sequence(Event start, String path, int depth) throws Refused {
        List<Yaml> items = new ArrayList<>();
        int size = 1;
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            Yaml item = value(path + "[" + items.size() + "]", depth + 1);
            items.add(item);
            size += item.size();
        }
        parser.getEvent();
        return new Yaml.Sequence(place(file, start.getStartMark()), List.copyOf(items), size);
    }

    private Yaml mapping(Event start, String path, int depth) throws Refused {
        Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
        int size = 1;
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Event keyEvent = parser.peekEvent();
            if (!(keyEvent instanceof ScalarEvent scalar)) {
                throw refused(keyEvent, path, "got a key that is no text, want a text");
            }
            parser.getEvent();
            String key = scalar.getValue();
            String keyPath = Paths.child(path, key);
            Place at = place(file, scalar.getStartMark());
            Yaml value = value(keyPath, depth + 1);
            size += value.size();
            Yaml.Entry first = entries.putIfAbsent(key, new Yaml.Entry(at, value));
            if (first != null) {
                mistakes.add(new Mistake(
                        at,
                        keyPath,
                        "got the key again, want it once (first in line "
                                + first.key().line() + ")"));
            }
        }
        parser.getEvent();
        return new Yaml.Mapping(place(file, start.getStartMark()), entries, size);
    }

    private Yaml aliased(AliasEvent alias, String path) throws Refused {
        Yaml target = anchors.get(alias.getAnchor());
        if (target == null) {
            throw refused(
                    alias,
                    path,
                    "got an alias of nothing, want an anchor &" + Paths.shown(alias.getAnchor()) + " before it");
        }
        if (++aliases > ALIASES_MAX) {
            throw refused(alias, path, "got more than " + ALIASES_MAX + " aliases, want fewer");
        }
        values += target.size();
        if (values > VALUES_MAX) {
            throw refused(alias, path, "got aliases that expand to more than " + VALUES_MAX + " values, want fewer");
        }
        return target;
    }

    private void refuseTag(Event event, @Nullable String tag, String path) throws Refused {
        if (tag != null) {
            throw refused(event, path, "got the tag " + Paths.shown(tag) + ", want a value without a tag");
        }
    }

    private Refused refused(@Nullable Event event, String path, String text) {
        Place at = event == null ? new Place(file, 1, 1) : place(file, event.getStartMark());
        return new Refused(new Mistake(at, path, text));
    }

    private static Place place(String file, @Nullable Mark mark) {
        return mark == null ? new Place(file, 1, 1) : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String oneLine(String text) {
        return Paths.printable(text.replaceAll("\\s+", " "), 200);
    }

    /** The file cannot be read on. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Mistake mistake;

        Refused(Mistake mistake) {
            super(mistake.toString(), null, false, false);
            this.mistake = mistake;
        }
    }
}
