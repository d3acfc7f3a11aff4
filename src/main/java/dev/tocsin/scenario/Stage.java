package dev.tocsin.scenario;

import java.time.Duration;
import java.util.List;

/** A fleet with a monitor, on which a story is played: a simulated one in virtual time, or one that answers over HTTP. */
public interface Stage {
    void perform(Command command);

    /** Lets so much time pass; the player asks for a second at a time. */
    void pass(Duration time);

    /** All that has been told since the beginning, in order. The list may grow; what is in it stays. */
    List<Told> told();
}
