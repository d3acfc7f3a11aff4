package dev.tocsin.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A scenario while its file is read. Confined: its reader. */
final class Story {
    final SettingDraft setting = new SettingDraft();
    final Names names = new Names(setting);
    final List<Step> steps = new ArrayList<>();
    String title = "";
    final List<String> promises = new ArrayList<>();
    final List<String> rows = new ArrayList<>();

    /** The line that is read now. */
    Place place = new Place("", 1, 1);

    String text = "";

    final List<Mistake> mistakes = new ArrayList<>();

    /** The latest that the clock may show now, and the moment from which the next {@code within} counts. */
    Duration latest = Duration.ZERO;

    Duration anchor = Duration.ZERO;

    /** Notes that the line says what cannot be. */
    void refuse(String got, String want) {
        mistakes.add(new Mistake(place, got, want));
    }

    void refuseUnless(boolean fine, String got, String want) {
        if (!fine) {
            refuse(got, want);
        }
    }

    /** The job of that value; noted as a mistake when it is a service. */
    JobRef scraped(Args args, int at) {
        JobRef job = args.get(at, JobRef.class);
        refuseUnless(!job.service(), job.name(), "a job: a service has what its job has");
        return job;
    }

    void moment(Duration time, boolean since) {
        refuseUnless(
                since || time.compareTo(latest) >= 0,
                "at " + Span.text(time),
                "no earlier than " + Span.text(latest) + ", to which the lines before may take");
        steps.add(new Step.At(place, text, time, since));
        latest = since ? latest.plus(time) : time;
        anchor = latest;
    }

    void act(List<Step.Timed> commands) {
        steps.add(new Step.Act(place, text, commands));
        anchor = latest;
    }

    void act(Command command) {
        act(List.of(new Step.Timed(Duration.ZERO, command)));
    }

    void expect(Expectation expectation) {
        steps.add(new Step.Expect(place, text, expectation));
        if (expectation instanceof Expectation.Silence silence) {
            latest = latest.plus(silence.lasting());
            anchor = latest;
        } else {
            Duration deadline = anchor.plus(expectation.within());
            latest = latest.compareTo(deadline) > 0 ? latest : deadline;
        }
    }
}
