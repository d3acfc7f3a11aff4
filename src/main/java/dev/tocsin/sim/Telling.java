package dev.tocsin.sim;

import dev.tocsin.health.CauseKind;
import dev.tocsin.health.Finding;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Target;
import dev.tocsin.health.Watermark;
import dev.tocsin.outage.Outage;
import dev.tocsin.outage.Scope;
import dev.tocsin.scenario.Fact;
import dev.tocsin.scenario.JobRef;
import dev.tocsin.scenario.Subject;
import dev.tocsin.scenario.TargetRef;
import dev.tocsin.scenario.Told;
import dev.tocsin.scenario.Told.Stream;
import dev.tocsin.wire.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of a log in the words of the scenario language. Confined: its stage; pure. */
public final class Telling {
    private static final List<String> ABOUT = List.of("job", "pool", "service", "provider", "source");

    private final Instant start;
    private final List<Told> told = new ArrayList<>();
    private final Map<String, Subject> subjects = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();
    private Duration now = Duration.ZERO;

    /** @param start of the story, on the clock of the records */
    public Telling(Instant start) {
        this.start = start;
    }

    /** All that was taken in, in order; what says nothing new of a source's state is left out. */
    public List<Told> told() {
        return told;
    }

    /** Takes in what was logged by then. @param at since the start of the story, not before the last one */
    public void take(Duration at, Event event) {
        now = at;
        if (event instanceof Event.OfHealth of) {
            health(of.delta());
        } else if (event instanceof Event.OfOutage of) {
            outage(of.outage());
        } else if (event instanceof Event.OfFinding of) {
            finding(of.finding());
        } else if (event instanceof Event.OfWatermark of) {
            source(of.watermark());
        }
    }

    private void tell(Stream stream, Subject subject, String state, String id, Map<Fact, String> facts) {
        told.add(new Told(now, stream, subject, state, id, facts));
    }

    private void source(Watermark mark) {
        SourceState.Why why = mark.why();
        String state = mark.state().text() + " " + (why == null ? "none" : why.text());
        if (!state.equals(states.put(mark.source().name(), state))) {
            Map<Fact, String> facts = Map.of(Fact.WHY, why == null ? "none" : why.text());
            tell(
                    Stream.SOURCE,
                    new Subject.OfSource(mark.source().name()),
                    mark.state().text(),
                    "",
                    facts);
        }
    }

    private void health(HealthDelta delta) {
        Target target = delta.target();
        Map<Fact, String> facts = new EnumMap<>(Fact.class);
        Health health = delta.to().health();
        if (health instanceof Health.Down down) {
            cause(down.cause().kind(), facts);
            facts.put(Fact.DETAIL, down.cause().detail());
        } else if (health instanceof Health.Unknown unknown) {
            facts.put(Fact.WHY, unknown.why().text());
        } else if (health instanceof Health.Gone gone) {
            facts.put(Fact.WHY, gone.why().text());
        }
        facts.put(Fact.STARTED, time(delta.to().since()));
        JobRef job = new JobRef(target.source().cluster(), target.job());
        Subject subject = new Subject.OfTarget(target.source().name(), new TargetRef(job, target.instance()));
        tell(Stream.HEALTH, subject, health.text(), "", facts);
    }

    private void finding(Finding finding) {
        String what = ABOUT.stream()
                .filter(finding.subject()::containsKey)
                .findFirst()
                .orElse("");
        Subject subject = new Subject.OfFinding(
                finding.kind().text(), what, finding.subject().getOrDefault(what, ""));
        Map<Fact, String> facts = Map.of(Fact.FROM, finding.source(), Fact.DETAIL, finding.detail());
        tell(Stream.FINDING, subject, finding.open() ? "opened" : "cleared", "", facts);
    }

    private void outage(Outage outage) {
        Subject subject = subject(outage.scope());
        subjects.put(outage.id(), subject);
        Map<Fact, String> facts = new EnumMap<>(Fact.class);
        facts.put(Fact.REASON, outage.reason().text());
        facts.put(Fact.VERSION, "" + outage.version());
        if (outage.verdict() != null) {
            facts.put(Fact.VERDICT, outage.verdict().text());
        }
        if (outage.cause() != null) {
            cause(outage.cause().kind(), facts);
        }
        counts(outage, facts);
        facts.put(Fact.SOLE, outage.sole() ? "yes" : "no");
        facts.put(Fact.FLAPPING, outage.flapping() ? "yes" : "no");
        facts.put(Fact.PARENT, named(outage.parent()));
        facts.put(Fact.SUPPRESSED_BY, named(outage.suppressedBy()));
        facts.put(Fact.SIGHTED, String.join(",", outage.vantages().sighted()));
        facts.put(Fact.BLIND, String.join(",", outage.vantages().blind()));
        facts.put(Fact.STARTED, time(outage.startedAt()));
        facts.put(Fact.ENDED, outage.resolvedAt() == null ? "" : time(outage.resolvedAt()));
        Outage.Between between = outage.endedBetween();
        facts.put(Fact.ENDED_AFTER, between == null ? "" : time(between.from()));
        facts.put(Fact.ENDED_BEFORE, between == null ? "" : time(between.to()));
        facts.put(Fact.DETAIL, outage.detail());
        tell(Stream.OUTAGE, subject, outage.change().text(), outage.id(), facts);
    }

    private static void counts(Outage outage, Map<Fact, String> facts) {
        facts.put(Fact.EXPECTED, "" + outage.counts().expected());
        facts.put(Fact.UP, "" + outage.counts().up());
        facts.put(Fact.DOWN, "" + outage.counts().down());
        facts.put(Fact.UNKNOWN, "" + outage.counts().unknown());
        facts.put(Fact.GONE, "" + outage.counts().gone());
        facts.put(Fact.DISAGREEING, "" + outage.counts().disagreeing());
        facts.put(Fact.SHARE, "" + outage.share());
        facts.put(Fact.MEMBERS, String.join(",", outage.members().down()));
        facts.put(Fact.JOINED, String.join(",", outage.members().joined()));
        facts.put(Fact.LEFT, String.join(",", outage.members().left()));
    }

    private static void cause(CauseKind kind, Map<Fact, String> facts) {
        facts.put(Fact.CAUSE, kind.subCause());
        facts.put(Fact.FAMILY, kind.family().text());
        facts.put(Fact.LOCUS, kind.locus().text());
    }

    private String named(@Nullable String id) {
        Subject subject = id == null ? null : subjects.get(id);
        return subject == null ? "none" : subject.toString();
    }

    private static Subject subject(Scope scope) {
        if (scope instanceof Scope.Job job) {
            return new Subject.OfJob(new JobRef(job.cluster(), job.job()));
        } else if (scope instanceof Scope.Source source) {
            return new Subject.OfSource(source.source());
        }
        Scope.Site site = (Scope.Site) scope;
        return switch (site.of()) {
            case SOURCE -> new Subject.Behind(site.name());
            case CLUSTER -> new Subject.OfCluster(site.name());
            case NODE -> new Subject.OfNode();
        };
    }

    private String time(Instant wall) {
        Duration time = Duration.between(start, wall);
        return time.toSeconds() + "s";
    }
}
