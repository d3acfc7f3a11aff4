package dev.tocsin.config;

import java.util.List;

/** What came of reading a configuration. Immutable. */
public sealed interface LoadResult {
    record Loaded(TocsinConfig config) implements LoadResult {}

    /** @param mistakes all of them, in the order of their places; never empty */
    record Mistakes(List<Mistake> mistakes) implements LoadResult {}
}
