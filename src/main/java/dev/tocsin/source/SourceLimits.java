package dev.tocsin.source;

/**
 * How much a source may say. Immutable.
 *
 * @param bodyBytesMax bytes of one body after inflation; streamed, never held
 * @param targetsMax targets of one source; an answer with more is refused
 * @param lastErrorBytesMax an error text is cut there
 */
public record SourceLimits(long bodyBytesMax, int targetsMax, int lastErrorBytesMax) {
    public static final SourceLimits DEFAULT = new SourceLimits(1L << 30, 200_000, 4 << 10);
}
