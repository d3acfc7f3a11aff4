package dev.tocsin.source;

import dev.tocsin.health.Observation;
import dev.tocsin.health.Source;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Reads the target lists of one Prometheus, answer after answer, and remembers the targets between them. Confined: the
 * poller of the source; lives as long as the source.
 *
 * <p>What a few rounds do not name is forgotten: so a round counts, not an answer, where a source is asked pool by pool.
 */
public final class PrometheusTargets {
    private final Source source;
    private final Map<String, String> externalLabels;
    private final SourceLimits limits;
    private final KnownTargets known = new KnownTargets();
    private final SeededHash hash;
    private long refused;
    private long merged;

    /** @param externalLabels added to the labels of every target; the source's own label wins */
    public PrometheusTargets(Source source, Map<String, String> externalLabels, SourceLimits limits) {
        this.source = source;
        this.externalLabels = Map.copyOf(externalLabels);
        this.limits = limits;
        SplittableRandom random = new SplittableRandom();
        this.hash = new SeededHash(random.nextLong(), random.nextLong());
    }

    /**
     * A decoder for the next answer to {@link PrometheusPaths#TARGETS}; the one before it is not to be fed any more. An
     * answer that is refused or abandoned leaves no trace.
     */
    public BodyDecoder<List<Observation>> decoder() {
        TargetList list = new TargetList(this, known);
        return decoder(list, list::close);
    }

    /** The next round asks pool by pool; decoders of the rounds before are not to be fed any more. */
    public TargetsByPool byPool() {
        TargetList list = new TargetList(this, known);
        return new TargetsByPool(list, end -> decoder(list, end));
    }

    private BodyDecoder<List<Observation>> decoder(TargetList list, TargetsDecoder.End end) {
        TargetDraft draft = new TargetDraft(source, externalLabels, limits, known, hash, list);
        return new TargetsDecoder(draft, limits, list, end);
    }

    /** Targets left out of good answers so far: an overlong identity, or a shape that is none. */
    public long targetsRefused() {
        return refused;
    }

    /** Targets that were in an answer twice, and merged, so far. */
    public long targetsMerged() {
        return merged;
    }

    /** Targets remembered. */
    public int targetsKnown() {
        return known.size();
    }

    void count(int refusedOfAnswer, int mergedOfAnswer) {
        refused += refusedOfAnswer;
        merged += mergedOfAnswer;
    }
}
