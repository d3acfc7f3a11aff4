package dev.tocsin.follow;

/** What was read and what was odd about it. Immutable. */
public record Tally(long records, long repeats, long late, long missing, long unreadable) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    Tally and(Step step) {
        if (step instanceof Step.News news) {
            return new Tally(records + 1, repeats, late, missing + news.missing(), unreadable);
        }
        return step instanceof Step.Repeat
                ? new Tally(records + 1, repeats + 1, late, missing, unreadable)
                : new Tally(records + 1, repeats, late + 1, missing, unreadable);
    }

    Tally andUnreadable(long more) {
        return new Tally(records + more, repeats, late, missing, unreadable + more);
    }

    /** As {@code 12 records, 0 repeated, 0 late, 0 missing, 0 unreadable}. */
    @Override
    public String toString() {
        return records + (records == 1 ? " record, " : " records, ") + repeats + " repeated, " + late + " late, "
                + missing + " missing, " + unreadable + " unreadable";
    }
}
