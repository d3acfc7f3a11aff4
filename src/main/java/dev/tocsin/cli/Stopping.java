package dev.tocsin.cli;

/** How a command that goes on until it is stopped hears of it. */
@FunctionalInterface
public interface Stopping {
    /** For commands that nobody will stop. */
    Stopping NEVER = stop -> {};

    /** Calls it at the first SIGTERM or Ctrl-C, on any thread. */
    void onSignal(Runnable stop);
}
