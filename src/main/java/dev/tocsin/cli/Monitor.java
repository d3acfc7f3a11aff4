package dev.tocsin.cli;

import dev.tocsin.config.TocsinConfig;

/** What {@code run} and {@code demo} start: the monitor, until it is told to stop. */
@FunctionalInterface
public interface Monitor {
    /** Runs and returns the exit status: 0 after a clean stop, 1 when it could not go on. */
    int run(TocsinConfig config, Output output, Company company) throws Exception;
}
