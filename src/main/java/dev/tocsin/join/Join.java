package dev.tocsin.join;

import dev.tocsin.health.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The targets of one cluster as both kinds of sources know them, and which of them are one backend. Confined: its
 * correlator.
 *
 * <p>Pod addresses are used again, so a match holds only while both sides are present. Adding and removing change tables
 * only; the ladder is climbed when somebody asks, and what it found is kept until something is added or removed. One
 * endpoint may be in several services and several jobs.
 */
public final class Join {
    private final Index index;
    private final Ladder ladder;
    private final Map<String, Known> byId = new HashMap<>();
    private final Map<String, List<Link>> ofService = new HashMap<>();
    private final Map<String, List<Link>> ofJob = new HashMap<>();

    /** @param mappings what the operator says; the first that matches a service holds */
    public Join(List<Mapping> mappings) {
        this.index = new Index(mappings);
        this.ladder = new Ladder(index);
    }

    /** Takes a target that is present. */
    public void add(Target target) {
        Known before = byId.get(target.id());
        if (before != null && before.target().labels().equals(target.labels())) {
            return;
        }
        remove(target);
        Known known = Known.of(target);
        byId.put(target.id(), known);
        index.add(known);
        forget();
    }

    /** Takes it that a target is no more. */
    public void remove(Target target) {
        Known known = byId.remove(target.id());
        if (known != null) {
            index.remove(known);
            forget();
        }
    }

    private void forget() {
        ofService.clear();
        ofJob.clear();
    }

    /** The jobs that a service is one backend with, sorted. */
    public List<Link> ofService(String service) {
        return ofService.computeIfAbsent(service, ladder::of);
    }

    /** The services that a job is one backend with, sorted. */
    public List<Link> ofJob(String job) {
        List<Link> known = ofJob.get(job);
        if (known != null) {
            return known;
        }
        List<Link> links = new ArrayList<>();
        for (String service : index.servicesNear(job)) {
            for (Link link : ofService(service)) {
                if (link.job().equals(job)) {
                    links.add(link);
                }
            }
        }
        links.sort(Link.ORDER);
        ofJob.put(job, links);
        return links;
    }
}
