package dev.tocsin.follow;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The state of one key in short, texts as hostile as they came. Immutable.
 *
 * @param word what happened: {@code opened}, {@code down}, {@code cleared}, a source's state
 * @param wrong whether somebody should care
 * @param since from when it is so, RFC 3339
 * @param cluster empty in findings of the whole node
 * @param job empty when it is of none
 * @param name what it is of, within job and cluster
 * @param detail empty when there is nothing more to say
 * @param remedy empty when there is none
 */
public record Brief(
        Topic topic,
        String word,
        boolean wrong,
        String since,
        String cluster,
        String job,
        String name,
        String detail,
        String remedy) {
    private static final String START = "start/";
    private static final int TEXT_MAX = 300; // x 9 texts, a few of them long: ~600 B a key

    public Brief {
        word = cut(word);
        since = cut(since);
        cluster = cut(cluster);
        job = cut(job);
        name = cut(name);
        detail = cut(detail);
        remedy = cut(remedy);
    }

    /** Of a record that is no tombstone. */
    static Brief of(Entry entry) {
        return switch (entry.topic()) {
            case HEALTH -> health(entry, entry.data());
            case OUTAGES -> outage(entry, entry.data());
            case FINDINGS -> finding(entry, entry.data());
            case WATERMARKS -> watermark(entry.data());
        };
    }

    /** Of a tombstone whose key was not known; a monitor's start ends one that never was. */
    static Brief ofNobody(Entry entry) {
        boolean start = entry.topic() == Topic.WATERMARKS && entry.key().startsWith(START);
        String name = start ? entry.key().substring(START.length()) : entry.key();
        String detail = start ? "its start " + entry.epoch() : "";
        return new Brief(entry.topic(), start ? "started" : "ended", false, entry.time(), "", "", name, detail, "");
    }

    /** The same key, when its state ended. */
    Brief ended() {
        return new Brief(topic, "ended", false, since, cluster, job, name, "", "");
    }

    private static Brief health(Entry entry, JsonNode data) {
        JsonNode to = data.path("to");
        JsonNode target = data.path("target");
        String health = text(to, "health");
        JsonNode cause = to.path("cause");
        return new Brief(
                entry.topic(),
                health,
                health.equals("down") || health.equals("unknown"),
                text(to, "since"),
                text(target, "cluster"),
                text(target, "job"),
                text(target, "instance") + ", says " + text(target, "source"),
                health.equals("down") ? cause(cause) + ": " + text(cause, "detail") : why(to),
                text(cause, "remedy"));
    }

    private static String why(JsonNode to) {
        String detail = text(to, "detail");
        return plain(text(to, "why")) + (detail.isEmpty() ? "" : ": " + detail);
    }

    private static Brief outage(Entry entry, JsonNode data) {
        JsonNode scope = data.path("scope");
        JsonNode counts = data.path("counts");
        long out = counts.path("down").asLong() + counts.path("gone").asLong();
        boolean ofJob = text(scope, "kind").equals("job");
        String verdict = ofJob
                ? text(data, "verdict") + ", " + out + " of "
                        + counts.path("expected").asLong()
                : "";
        JsonNode cause = data.path("cause");
        String why = cause.isObject() ? cause(cause) : text(data, "detail");
        String impact = text(data, "impact").isEmpty() ? "" : ", impact: " + plain(text(data, "impact"));
        return new Brief(
                entry.topic(),
                text(data, "change"),
                text(data, "state").equals("open"),
                text(data, "startedAt"),
                text(scope, "cluster"),
                text(scope, "job"),
                ofJob ? verdict : text(scope, "kind") + " " + scopeName(scope),
                plain(text(data, "reason")) + (why.isEmpty() ? "" : ", " + why) + impact + ", " + text(data, "outage"),
                text(cause, "remedy"));
    }

    private static String scopeName(JsonNode scope) {
        String source = text(scope, "source");
        return source.isEmpty() ? text(scope, "name") : source;
    }

    private static Brief finding(Entry entry, JsonNode data) {
        StringBuilder name = new StringBuilder(plain(text(data, "kind")) + " on " + text(data, "source"));
        data.path("subject").properties().forEach(of -> name.append(", ")
                .append(of.getKey())
                .append(' ')
                .append(of.getValue().asText("")));
        return new Brief(
                entry.topic(),
                text(data, "state"),
                text(data, "state").equals("open"),
                text(data, "since"),
                text(data, "cluster"),
                entry.job(),
                name.toString(),
                text(data, "detail"),
                text(data, "remedy"));
    }

    private static Brief watermark(JsonNode data) {
        String state = text(data, "state");
        String why = text(data, "why");
        return new Brief(
                Topic.WATERMARKS,
                state,
                !state.equals("ready"),
                text(data, "observedUntil"),
                text(data, "cluster"),
                "",
                text(data, "source"),
                data.path("targets").asLong() + " targets, " + data.path("down").asLong() + " down, "
                        + data.path("unknown").asLong() + " unknown" + (why.isEmpty() ? "" : ", " + plain(why)),
                "");
    }

    private static String cause(JsonNode cause) {
        String sub = text(cause, "subCause");
        return plain(sub.isEmpty() ? text(cause, "family") : sub);
    }

    private static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isTextual() ? value.asText() : "";
    }

    private static String plain(String word) {
        return word.replace('_', ' ');
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
    }
}
