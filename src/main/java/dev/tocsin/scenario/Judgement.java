package dev.tocsin.scenario;

import dev.tocsin.scenario.Told.Stream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether an expectation is met by what has been told. Confined: the player. */
final class Judgement {
    private final Heard heard;

    Judgement(Heard heard) {
        this.heard = heard;
    }

    /**
     * How an expectation stands.
     *
     * @param hopeless whether waiting cannot help
     * @param why what is missing, or what came instead
     */
    record Verdict(boolean met, boolean hopeless, String why) {
        static final Verdict MET = new Verdict(true, false, "");

        static Verdict notYet(String why) {
            return new Verdict(false, false, why);
        }

        static Verdict never(String why) {
            return new Verdict(false, true, why);
        }
    }

    /** @param from the number of the first record told since the expectation began to hold */
    Verdict of(Expectation expectation, int from) {
        if (expectation instanceof Expectation.Record record) {
            return record(record);
        } else if (expectation instanceof Expectation.Standing standing) {
            return standing(standing);
        } else if (expectation instanceof Expectation.AllOver) {
            return heard.open().isEmpty() ? Verdict.MET : Verdict.notYet("open are " + heard.open());
        } else if (expectation instanceof Expectation.Silence silence) {
            return heard.since(from).stream()
                    .filter(told -> silence.streams().contains(told.stream()))
                    .findFirst()
                    .map(told -> Verdict.never("was told: " + told))
                    .orElse(Verdict.MET);
        } else if (expectation instanceof Expectation.Outages outages) {
            return count(outages.count(), heard.outageIds(outages.subject()).size(), "outages");
        }
        Expectation.Records records = (Expectation.Records) expectation;
        long count = heard.since(0).stream()
                .filter(told -> told.stream() == records.stream() && told.at().compareTo(records.since()) >= 0)
                .count();
        return count(records.count(), count, "records");
    }

    private static Verdict count(Range wanted, long count, String of) {
        return wanted.holds(count) ? Verdict.MET : Verdict.never("it is " + count + " " + of);
    }

    private Verdict record(Expectation.Record wanted) {
        for (int number : heard.unexpected(wanted.stream(), wanted.subject())) {
            Told told = heard.get(number);
            String wrong = wrong(wanted, told);
            if (wrong.isEmpty() && (!wanted.then() || heard.afterLastExpected(number))) {
                heard.expect(wanted.stream(), wanted.subject(), number);
                return Verdict.MET;
            }
            boolean passes =
                    told.is("changed") || told.is("opened") && wanted.state().isEmpty();
            if (!passes) {
                return Verdict.never("was told: " + told + (wrong.isEmpty() ? ", but before" : " (" + wrong + ")"));
            }
        }
        return Verdict.notYet("nothing such was told");
    }

    private static String wrong(Expectation.Record wanted, Told told) {
        boolean state = wanted.state().map(told::is).orElse(told.open());
        return state ? wrong(wanted.facts(), told) : "wanted " + wanted.state().orElse("one that leaves it open");
    }

    /** What of the facts is not as wanted; empty when all are. */
    private static String wrong(Map<Fact, String> wanted, Told told) {
        return wanted.entrySet().stream()
                .filter(fact ->
                        !fact.getKey().matches(fact.getValue(), told.facts().getOrDefault(fact.getKey(), "")))
                .map(fact -> "wanted " + fact.getKey().word() + " " + fact.getValue())
                .findFirst()
                .orElse("");
    }

    private Verdict standing(Expectation.Standing wanted) {
        for (Subject subject : wanted.subjects()) {
            Optional<Told> last = heard.last(wanted.stream(), subject);
            if (last.isEmpty()) {
                return Verdict.notYet("nothing was told of " + subject);
            }
            boolean state = wanted.stream() == Stream.OUTAGE
                    ? last.get().open()
                    : last.get().is(wanted.state());
            String wrong = state ? wrong(wanted.facts(), last.get()) : "wanted " + wanted.state();
            if (!wrong.isEmpty()) {
                return Verdict.notYet("it stands: " + last.get() + " (" + wrong + ")");
            }
        }
        return Verdict.MET;
    }

    /** What is wrong with the whole of what was told; empty when nothing is. */
    Optional<String> atTheEnd() {
        List<Told> broken = heard.broken();
        if (!broken.isEmpty()) {
            return Optional.of("does not follow the version before: " + broken);
        }
        List<Told> more = heard.neverExpected();
        return more.isEmpty() ? Optional.empty() : Optional.of("told, and not expected by any line: " + more);
    }
}
