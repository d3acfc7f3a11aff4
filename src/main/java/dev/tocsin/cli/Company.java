package dev.tocsin.cli;

import dev.tocsin.bus.Clock;
import io.vertx.core.Deployable;
import java.util.List;

/** What a monitor has beside it: as a rule nothing, or a story that is played to it. */
public interface Company {
    Company NONE = new Company() {};

    /** The clock that the monitor runs on. */
    default Clock clock() {
        return Clock.system();
    }

    /** Who listens to what is told; deployed before anything is. */
    default List<Deployable> listeners() {
        return List.of();
    }

    /** The monitor has begun to ask its sources. @param over ends it, with status 0; any thread may call it */
    default void began(Runnable over) {}
}
