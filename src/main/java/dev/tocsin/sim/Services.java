package dev.tocsin.sim;

import dev.tocsin.scenario.JobRef;
import dev.tocsin.scenario.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the Traefiks of a story lead to, as their providers have it now. Confined: its fleet; pure. */
public final class Services {
    private final Map<JobRef, Setting.Service> told;
    private final Map<JobRef, Balancer.Service> services = new LinkedHashMap<>();

    public Services(Setting setting) {
        told = setting.services();
        setting.jobs().forEach(this::lead);
    }

    /**
     * Those in front of a job lead to these instances; whether that is another configuration. A job that is empty, or
     * scraped no more, is no reason to serve nobody.
     */
    public boolean lead(JobRef job, List<String> instances) {
        boolean changed = false;
        for (Map.Entry<JobRef, Setting.Service> each : told.entrySet()) {
            Setting.Service service = each.getValue();
            if (service.job().equals(job) && !instances.isEmpty()) {
                Balancer.Check check = service.check()
                        .map(of -> new Balancer.Check(
                                of.every().toMillis(), of.timeout().toMillis()))
                        .orElse(null);
                Balancer.Service now = new Balancer.Service(service.servers(instances), check);
                changed |= !now.equals(services.put(each.getKey(), now));
            }
        }
        return changed;
    }

    /** Those of one cluster, by name. */
    public Map<String, Balancer.Service> of(String cluster) {
        Map<String, Balancer.Service> of = new LinkedHashMap<>();
        services.forEach((name, service) -> {
            if (name.cluster().equals(cluster)) {
                of.put(name.name(), service);
            }
        });
        return of;
    }
}
