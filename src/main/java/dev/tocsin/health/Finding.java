package dev.tocsin.health;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A warning about a source or a job that is not (yet) an outage. Immutable.
 *
 * @param key {@code <source>:<kind>:<32 hex of the subject>}; for findings of a correlator the cluster stands in place
 *     of the source
 * @param source name of the source; the cluster for findings of a correlator
 * @param subject what it is about, as {@code {pool: node}}
 * @param since when it opened, or cleared
 * @param seq number of the change of this key: 1, 2, 3 ...
 */
public record Finding(
        String key,
        FindingKind kind,
        String source,
        String cluster,
        Map<String, String> subject,
        boolean open,
        Instant since,
        String detail,
        String remedy,
        long epoch,
        long seq) {

    public Finding {
        subject = Map.copyOf(subject);
    }

    /** Names of the path of whoever tells it: a source may have its cluster's name, so they cannot tell who found it. */
    public List<String> origin() {
        return kind.ofCluster() ? List.of(cluster) : List.of(cluster, source);
    }

    /** The key of a finding of that kind about that subject. */
    public static String key(String source, FindingKind kind, Map<String, String> subject) {
        return source + ":" + kind.text() + ":" + Fingerprint.of(subject);
    }
}
