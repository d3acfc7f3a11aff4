package dev.tocsin.triage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tocsin.health.CauseKind;
import dev.tocsin.health.Named;
import dev.tocsin.outage.BothViews;
import dev.tocsin.outage.BothViews.Joined;
import dev.tocsin.outage.JobCounts;
import dev.tocsin.triage.Report.CauseGroup;
import dev.tocsin.triage.Report.Disagreement;
import dev.tocsin.triage.Report.DownInstance;
import dev.tocsin.triage.Report.JobOut;
import dev.tocsin.triage.Report.SourceReport;
import dev.tocsin.triage.Report.Targets;
import dev.tocsin.triage.Report.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The report as one JSON document, as the schema {@code triage} has it. Stateless; pure. */
public final class ReportForm {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ReportForm() {}

    public static ObjectNode of(Report report) {
        ObjectNode node = JSON.objectNode();
        node.put("at", time(report.at()));
        node.put("standing", report.standing().text());
        node.set("jobs", list(report.jobs(), ReportForm::job));
        node.set("disagreements", list(report.disagreements(), ReportForm::disagreement));
        node.set("sources", list(report.sources(), ReportForm::source));
        return node;
    }

    private static ObjectNode job(JobOut job) {
        ObjectNode node = JSON.objectNode();
        node.put("cluster", job.cluster());
        node.put("sourceKind", job.scope().sourceKind().text());
        node.put("job", job.job());
        node.put("verdict", job.verdict().text());
        node.put("sole", job.sole());
        node.set("counts", counts(job.counts()));
        node.set("sighted", texts(job.sighted()));
        node.set("causes", list(job.causes(), ReportForm::causes));
        both(job.both(), node);
        return node;
    }

    /* As an outage's record has it. */
    private static void both(BothViews both, ObjectNode job) {
        if (both.impact() != null) {
            job.put("impact", both.impact().text());
        }
        if (both.joinedTotal() > 0) {
            job.set("join", list(both.joined(), ReportForm::joined));
            job.put("joinTotal", both.joinedTotal());
        }
    }

    private static ObjectNode joined(Joined joined) {
        ObjectNode node = JSON.objectNode();
        node.putObject("job").put("sourceKind", joined.sourceKind().text()).put("job", joined.job());
        node.put("rung", joined.rung().text());
        node.put("confidence", joined.rung().confidence().text());
        node.put("endpoints", joined.endpoints());
        node.put("bothDown", joined.bothDown());
        node.put("outOfRotation", joined.outOfRotation());
        node.put("notScraped", joined.notScraped());
        node.put("bothUp", joined.bothUp());
        node.put("unknown", joined.unknown());
        node.put("named", joined.named());
        return node;
    }

    private static ObjectNode counts(JobCounts counts) {
        ObjectNode node = JSON.objectNode();
        node.put("expected", counts.expected());
        node.put("up", counts.up());
        node.put("down", counts.down());
        node.put("unknown", counts.unknown());
        node.put("disagreeing", counts.disagreeing());
        return node;
    }

    private static ObjectNode causes(CauseGroup group) {
        ObjectNode node = JSON.objectNode();
        CauseKind kind = group.kind();
        node.put("family", kind.family().text());
        node.put("subCause", kind.subCause());
        node.put("locus", kind.locus().text());
        node.put("remedy", group.remedy());
        node.put("check", group.check());
        node.set("instances", list(group.instances(), ReportForm::instance));
        return node;
    }

    private static ObjectNode instance(DownInstance instance) {
        ObjectNode node = JSON.objectNode();
        node.put("instance", instance.instance());
        node.put("url", instance.url());
        node.put("error", instance.error());
        node.set("lastUp", lastUp(instance.lastUp()));
        node.set("sources", texts(instance.sources()));
        return node;
    }

    private static ObjectNode lastUp(LastUp last) {
        if (last instanceof LastUp.At at) {
            return lastUp("at", time(at.time()), at.within());
        } else if (last instanceof LastUp.SomeTimeWithin some) {
            return lastUp("some_time_within", null, some.time());
        }
        return last instanceof LastUp.NotWithin not
                ? lastUp("not_within", null, not.time())
                : lastUp("not_told", null, null);
    }

    private static ObjectNode lastUp(String known, @Nullable String time, @Nullable Duration within) {
        ObjectNode node = JSON.objectNode();
        node.put("known", known);
        node.put("time", time);
        node.put("withinSeconds", within == null ? null : (Long) within.toSeconds());
        return node;
    }

    private static ObjectNode disagreement(Disagreement disagreement) {
        ObjectNode node = JSON.objectNode();
        node.put("cluster", disagreement.cluster());
        node.put("job", disagreement.job());
        node.put("instance", disagreement.instance());
        node.put("error", disagreement.error());
        node.set("down", texts(disagreement.down()));
        node.set("up", texts(disagreement.up()));
        return node;
    }

    private static ObjectNode source(SourceReport source) {
        ObjectNode node = JSON.objectNode();
        node.put("name", source.source().name());
        node.put("cluster", source.source().cluster());
        node.put("kind", source.source().kind().text());
        node.put("url", source.url());
        node.put("state", source.state().text());
        node.put("why", text(source.why()));
        node.put("detail", source.detail());
        node.put("remedy", source.remedy());
        node.put("version", source.version());
        node.put("startedAt", source.startedAt() == null ? null : time(source.startedAt()));
        node.set("targets", targets(source.targets()));
        ObjectNode dropped = node.putObject("dropped");
        source.dropped().forEach(dropped::put);
        node.set("troubles", list(source.troubles(), ReportForm::trouble));
        node.set("unchecked", list(source.unchecked(), unchecked -> JSON.objectNode()
                .put("what", unchecked.what())
                .put("why", unchecked.why())));
        return node;
    }

    private static ObjectNode targets(Targets targets) {
        ObjectNode node = JSON.objectNode();
        node.put("up", targets.up());
        node.put("down", targets.down());
        node.put("unscraped", targets.unscraped());
        node.put("unproven", targets.unproven());
        node.put("overdue", targets.overdue());
        node.put("unseen", targets.unseen());
        node.put("unchecked", targets.unchecked());
        return node;
    }

    private static ObjectNode trouble(Trouble trouble) {
        ObjectNode node = JSON.objectNode();
        node.put("kind", trouble.kind().text());
        node.put("subject", trouble.subject());
        node.put("evidence", trouble.evidence());
        node.put("remedy", trouble.kind().remedy());
        node.put("check", trouble.check());
        node.set("items", texts(trouble.items()));
        return node;
    }

    private static <T> ArrayNode list(Collection<T> items, Function<T, ObjectNode> form) {
        ArrayNode list = JSON.arrayNode(items.size());
        items.forEach(item -> list.add(form.apply(item)));
        return list;
    }

    private static ArrayNode texts(Collection<String> texts) {
        ArrayNode list = JSON.arrayNode(texts.size());
        texts.forEach(list::add);
        return list;
    }

    private static @Nullable String text(@Nullable Named named) {
        return named == null ? null : named.text();
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
