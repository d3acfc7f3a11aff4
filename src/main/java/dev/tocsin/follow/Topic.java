package dev.tocsin.follow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The four topics, by the last part of their name, and the type of what is in them. */
public enum Topic {
    HEALTH("health", "health"),
    OUTAGES("outages", "outage"),
    FINDINGS("findings", "finding"),
    WATERMARKS("watermarks", "watermark");

    private static final long VERSION = 1; // the newest that we can read
    private static final Pattern TYPE = Pattern.compile("dev\\.tocsin\\.([a-z]{1,20})\\.v([1-9][0-9]{0,5})");

    private final String text;
    private final String record;

    Topic(String text, String record) {
        this.text = text;
        this.record = record;
    }

    /** The name without the prefix. */
    public String text() {
        return text;
    }

    /** Refuses the type of a record that we could not read. */
    void check(String type) throws Unreadable {
        Matcher form = TYPE.matcher(type);
        String want = "dev.tocsin." + record + ".v" + VERSION;
        if (!form.matches() || !form.group(1).equals(record)) {
            throw new Unreadable("ce_type: got \"" + type + "\", want \"" + want + "\"");
        }
        if (Long.parseLong(form.group(2)) > VERSION) {
            throw new Unreadable("ce_type: got \"" + type + "\", want \"" + want
                    + "\": written by a newer Tocsin, follow with that one");
        }
    }
}
