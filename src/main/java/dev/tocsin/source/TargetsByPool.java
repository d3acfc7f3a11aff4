package dev.tocsin.source;

import dev.tocsin.health.Observation;
import java.util.List;
import java.util.function.Function;

/**
 * The targets of one Prometheus in a round that asks pool by pool: limits, shares and merging hold over all its answers.
 * Confined: the poller of the source. Used for one round; given up in the middle it leaves no trace.
 */
public final class TargetsByPool {
    private final TargetList list;
    private final Function<TargetsDecoder.End, BodyDecoder<List<Observation>>> decoders;
    private boolean filterIgnored;

    TargetsByPool(TargetList list, Function<TargetsDecoder.End, BodyDecoder<List<Observation>>> decoders) {
        this.list = list;
        this.decoders = decoders;
    }

    /**
     * A decoder for the answer to {@link PrometheusPaths#targetsOf}; its body are the targets of all pools so far. The one
     * before it is not to be fed any more.
     */
    public BodyDecoder<List<Observation>> decoder(String pool) {
        int before = list.observations().size();
        return decoders.apply(() -> {
            List<Observation> all = list.observations();
            filterIgnored |= all.subList(before, all.size()).stream()
                    .anyMatch(seen -> !seen.target().pool().equals(pool));
            return all;
        });
    }

    /** Whether an answer named targets of a pool that was not asked for: to ask this server pool by pool is no use. */
    public boolean filterIgnored() {
        return filterIgnored;
    }

    /** The whole list, when each pool has answered. */
    public List<Observation> finish() throws AnswerRefused {
        return list.close();
    }
}
