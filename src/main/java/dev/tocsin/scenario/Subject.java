package dev.tocsin.scenario;

/** What something is told of. Immutable. */
public sealed interface Subject {

    record OfJob(JobRef job) implements Subject {
        @Override
        public String toString() {
            return "job " + job;
        }
    }

    record OfSource(String source) implements Subject {
        @Override
        public String toString() {
            return "source " + source;
        }
    }

    /** Everything behind one source. */
    record Behind(String source) implements Subject {
        @Override
        public String toString() {
            return "site behind " + source;
        }
    }

    record OfCluster(String cluster) implements Subject {
        @Override
        public String toString() {
            return "site cluster " + cluster;
        }
    }

    /** All sources of the monitor at once. */
    record OfNode() implements Subject {
        @Override
        public String toString() {
            return "site node";
        }
    }

    /** A target as one source sees it. */
    record OfTarget(String source, TargetRef target) implements Subject {
        @Override
        public String toString() {
            return "target " + target + " on " + source;
        }
    }

    /** A warning. @param what what the name is the name of: {@code job pool source} */
    record OfFinding(String kind, String what, String name) implements Subject {
        @Override
        public String toString() {
            return kind + " about " + what + " " + name;
        }
    }
}
