package dev.tocsin.wire;

import dev.tocsin.health.SourceKind;
import dev.tocsin.outage.Scope;

/** The JSON form of what an outage is an outage of. */
final class ScopeForm {
    private ScopeForm() {}

    static void write(AsciiJson json, Scope scope) {
        json.writeObjectFieldStart("scope");
        json.writeStringField("kind", scope.kind());
        if (scope instanceof Scope.Job job) {
            json.writeStringField("cluster", job.cluster());
            json.writeStringField("sourceKind", job.sourceKind().text());
            json.writeStringField("job", job.job());
        } else if (scope instanceof Scope.Source source) {
            json.writeStringField("cluster", source.cluster());
            json.writeStringField("source", source.source());
        } else if (scope instanceof Scope.Site site) {
            json.writeStringField("of", site.of().text());
            json.writeStringField("cluster", site.cluster());
            json.writeStringField("name", site.name());
        }
        json.writeEndObject();
    }

    static Scope read(Fields scope) throws RecordRefused {
        String cluster = scope.text("cluster");
        return switch (scope.text("kind")) {
            case "job" -> new Scope.Job(cluster, scope.word(SourceKind.class, "sourceKind"), scope.text("job"));
            case "source" -> new Scope.Source(cluster, scope.text("source"));
            case "site" -> new Scope.Site(scope.word(Scope.Site.Of.class, "of"), cluster, scope.text("name"));
            default -> throw scope.unknownWord("kind", "one of [job, source, site]");
        };
    }
}
