package dev.tocsin.outage;

import dev.tocsin.health.Fingerprint;
import dev.tocsin.health.SourceKind;
import java.util.List;

/** What an outage is an outage of. One outage per scope at a time. Immutable. */
public sealed interface Scope {
    /** {@code job}, {@code source} or {@code site}. */
    String kind();

    /** The key of its records, {@code <scope kind>:<32 hex>}, stable for ever. */
    String key();

    /** The cluster it belongs to; the node's name for an outage of the whole node. */
    String cluster();

    /** For people. */
    String title();

    /** Names of the path of whoever tells of it. */
    default List<String> origin() {
        return List.of(cluster());
    }

    /** The instances of one job of one cluster. */
    record Job(String cluster, SourceKind sourceKind, String job) implements Scope {
        @Override
        public String kind() {
            return "job";
        }

        @Override
        public String key() {
            return "job:" + Fingerprint.of(cluster, sourceKind.text(), job);
        }

        @Override
        public String title() {
            return job;
        }
    }

    /** One of our vantages. */
    record Source(String cluster, String source) implements Scope {
        @Override
        public String kind() {
            return "source";
        }

        @Override
        public String key() {
            return "source:" + Fingerprint.of(cluster, source);
        }

        @Override
        public String title() {
            return source;
        }

        @Override
        public List<String> origin() {
            return List.of(cluster, source);
        }
    }

    /** Everything at once: behind one source, of a cluster, or of the node. */
    record Site(Of of, String cluster, String name) implements Scope {
        /** What the site is: all behind the source {@code name}, the cluster {@code name}, the node {@code name}. */
        public enum Of implements dev.tocsin.health.Named {
            SOURCE,
            CLUSTER,
            NODE
        }

        @Override
        public String kind() {
            return "site";
        }

        @Override
        public String key() {
            return "site:" + Fingerprint.of(of.text(), cluster, name);
        }

        @Override
        public String title() {
            return of == Of.SOURCE ? "everything behind " + name : of.text() + " " + name;
        }

        @Override
        public List<String> origin() {
            return switch (of) {
                case SOURCE -> List.of(cluster, name);
                case CLUSTER -> List.of(cluster);
                case NODE -> List.of("node", name);
            };
        }
    }
}
