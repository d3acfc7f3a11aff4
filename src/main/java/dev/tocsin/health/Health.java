package dev.tocsin.health;

/** How a target is. Unknown is not down. Immutable. */
public sealed interface Health {
    Health UP = new Up();

    /** {@code up}, {@code down}, {@code unknown} or {@code gone}. */
    String text();

    record Up() implements Health {
        @Override
        public String text() {
            return "up";
        }
    }

    record Down(Cause cause) implements Health {
        @Override
        public String text() {
            return "down";
        }
    }

    record Unknown(UnknownWhy why) implements Health {
        @Override
        public String text() {
            return "unknown";
        }
    }

    /**
     * No longer reported by its source; the last thing said of a target.
     *
     * @param detail what whoever listed it removes for, for people; "" where nobody knows
     */
    record Gone(GoneWhy why, String detail) implements Health {
        public Gone(GoneWhy why) {
            this(why, "");
        }

        @Override
        public String text() {
            return "gone";
        }
    }

    /** Why nobody can say how the target is. */
    enum UnknownWhy implements Named {
        NOT_YET_SCRAPED,
        SOURCE_BLIND,
        SCRAPE_OVERDUE,
        UNCHECKED
    }

    /** Why a target left. */
    enum GoneWhy implements Named {
        LEFT_DISCOVERY,
        POOL_REMOVED,
        SOURCE_REMOVED,
        CONFIGURATION_LOST
    }
}
