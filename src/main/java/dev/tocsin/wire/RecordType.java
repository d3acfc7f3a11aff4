package dev.tocsin.wire;

import dev.tocsin.health.Stream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The CloudEvents {@code type} and {@code dataschema} of each stream, and the version that we write. */
public enum RecordType {
    HEALTH(Stream.HEALTH, "health"),
    OUTAGE(Stream.OUTAGES, "outage"),
    FINDING(Stream.FINDINGS, "finding"),
    WATERMARK(Stream.WATERMARKS, "watermark");

    private static final int VERSION = 1;
    private static final Pattern FORM = Pattern.compile("dev\\.tocsin\\.([a-z]{1,20})\\.v([1-9][0-9]{0,5})");

    private final Stream stream;
    private final String text;
    private final String type;
    private final String schema;

    RecordType(Stream stream, String text) {
        this.stream = stream;
        this.text = text;
        this.type = "dev.tocsin." + text + ".v" + VERSION;
        this.schema = "https://tocsin.dev/schema/" + text + ".v" + VERSION + ".json";
    }

    static RecordType of(Stream stream) {
        return switch (stream) {
            case HEALTH -> HEALTH;
            case OUTAGES -> OUTAGE;
            case FINDINGS -> FINDING;
            case WATERMARKS -> WATERMARK;
        };
    }

    /** The type of that name in any version up to ours. */
    static RecordType parse(String type) throws RecordRefused {
        for (RecordType ours : values()) {
            if (ours.type.equals(type)) {
                return ours;
            }
        }
        Matcher form = FORM.matcher(type);
        for (RecordType ours : values()) {
            if (form.matches() && form.group(1).equals(ours.text)) {
                throw RecordRefused.newerType(type, ours.type);
            }
        }
        throw new RecordRefused("type: got \"" + type + "\", want one such as \"" + HEALTH.type + "\"");
    }

    public Stream stream() {
        return stream;
    }

    /** The name of its schema, as {@code health}. */
    String text() {
        return text;
    }

    /** As {@code dev.tocsin.health.v1}. */
    public String type() {
        return type;
    }

    /** The {@code $id} of the JSON Schema of its data, absolute. */
    public String schema() {
        return schema;
    }
}
