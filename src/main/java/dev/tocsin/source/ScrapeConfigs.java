package dev.tocsin.source;

import dev.tocsin.health.SourceState.Why;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** The scrape jobs of a Prometheus configuration, read from parser events alone: nothing is built. Confined: one call. */
final class ScrapeConfigs {
    private static final int DEPTH_MAX = 64;
    private static final int JOBS_MAX = 100_000;

    private final ParserImpl parser;

    private ScrapeConfigs(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        this.parser = new ParserImpl(new StreamReader(yaml), options);
    }

    /** The {@code job_name} of each of {@code scrape_configs}. */
    static List<String> jobNames(String yaml) throws AnswerRefused {
        try {
            return new ScrapeConfigs(yaml).read();
        } catch (YAMLException e) {
            throw new AnswerRefused(Why.MALFORMED, "config data.yaml: no YAML");
        }
    }

    private List<String> read() throws AnswerRefused {
        List<String> names = new ArrayList<>();
        for (Event event = next(); !event.is(Event.ID.StreamEnd); event = next()) {
            if (event instanceof MappingStartEvent) {
                top(names);
            }
        }
        return List.copyOf(names);
    }

    private void top(List<String> names) throws AnswerRefused {
        for (Event key = next(); !(key instanceof MappingEndEvent); key = next()) {
            Event value = next();
            if (is(key, "scrape_configs") && value instanceof SequenceStartEvent) {
                jobs(names);
            } else {
                skip(value, 0);
            }
        }
    }

    private void jobs(List<String> names) throws AnswerRefused {
        for (Event item = next(); !(item instanceof SequenceEndEvent); item = next()) {
            if (item instanceof MappingStartEvent) {
                job(names);
            } else {
                skip(item, 0);
            }
        }
    }

    private void job(List<String> names) throws AnswerRefused {
        for (Event key = next(); !(key instanceof MappingEndEvent); key = next()) {
            Event value = next();
            if (is(key, "job_name") && value instanceof ScalarEvent name && names.size() < JOBS_MAX) {
                names.add(name.getValue());
            }
            skip(value, 0);
        }
    }

    /** Passes over the value that begins with the event. */
    private void skip(Event begin, int depth) throws AnswerRefused {
        if (depth > DEPTH_MAX) {
            throw new AnswerRefused(Why.LIMIT, "config data.yaml: deeper than " + DEPTH_MAX + " levels");
        }
        if (begin instanceof ScalarEvent || begin instanceof AliasEvent) {
            return;
        }
        for (Event event = next();
                !(event instanceof MappingEndEvent) && !(event instanceof SequenceEndEvent);
                event = next()) {
            skip(event, depth + 1);
        }
    }

    private Event next() {
        return parser.getEvent();
    }

    private static boolean is(Event key, String name) {
        return key instanceof ScalarEvent scalar && scalar.getValue().equals(name);
    }
}
