package dev.tocsin.scenario;

/** One instance of a job, whoever sees it. Immutable. */
public record TargetRef(JobRef job, String instance) {
    @Override
    public String toString() {
        return job.name() + "/" + instance + " in " + job.cluster();
    }
}
