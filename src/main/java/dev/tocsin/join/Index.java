package dev.tocsin.join;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The targets of one cluster, by all that the rungs ask for. Confined: its join. */
final class Index {
    private final List<Mapping> mappings;

    final Groups<String> byService = new Groups<>();
    final Groups<String> byJob = new Groups<>();
    final Groups<Address> serversAt = new Groups<>();
    final Groups<Address> targetsAt = new Groups<>();
    final Groups<Address> probesOf = new Groups<>();
    final Groups<String> serversOn = new Groups<>();
    final Groups<String> targetsOn = new Groups<>();
    final Groups<String> servicesNamed = new Groups<>();
    final Groups<String> targetsNamed = new Groups<>();

    /* Patterns are asked once for each name, not once for each question. */
    private final Map<String, Mapping> mappingOf = new HashMap<>();
    private final Map<Mapping, Set<String>> mappedServices = new LinkedHashMap<>();
    private final Map<Mapping, Set<String>> mappedJobs = new LinkedHashMap<>();

    Index(List<Mapping> mappings) {
        this.mappings = List.copyOf(mappings);
        for (Mapping mapping : mappings) {
            mappedServices.put(mapping, new HashSet<>());
            mappedJobs.put(mapping, new HashSet<>());
        }
    }

    void add(Known known) {
        if (known.server()) {
            addServer(known);
        } else {
            addTarget(known);
        }
    }

    private void addServer(Known known) {
        String service = known.member().job();
        if (byService.add(service, known)) {
            mappings.stream()
                    .filter(mapping -> mapping.ofService(service))
                    .findFirst()
                    .ifPresent(mapping -> {
                        mappingOf.put(service, mapping);
                        services(mapping).add(service);
                    });
        }
        Address place = known.place();
        if (place != null) {
            serversAt.add(place, known);
            serversOn.add(place.host(), known);
        }
        String name = KubernetesName.before(service);
        if (name != null) {
            servicesNamed.add(name, known);
        }
    }

    private void addTarget(Known known) {
        String job = known.member().job();
        if (byJob.add(job, known)) {
            mappings.stream().filter(mapping -> mapping.ofJob(job)).forEach(mapping -> jobs(mapping)
                    .add(job));
        }
        Address place = known.place();
        if (place != null && known.probe()) {
            probesOf.add(place, known);
        } else if (place != null) {
            targetsAt.add(place, known);
            targetsOn.add(place.host(), known);
        }
        KubernetesName.of(known.target().labels()).ifPresent(name -> targetsNamed.add(name.normal(), known));
    }

    void remove(Known known) {
        if (known.server()) {
            removeServer(known);
        } else {
            removeTarget(known);
        }
    }

    private void removeServer(Known known) {
        String service = known.member().job();
        if (byService.remove(service, known)) {
            Mapping mapping = mappingOf.remove(service);
            if (mapping != null) {
                services(mapping).remove(service);
            }
        }
        Address place = known.place();
        if (place != null) {
            serversAt.remove(place, known);
            serversOn.remove(place.host(), known);
        }
        String name = KubernetesName.before(service);
        if (name != null) {
            servicesNamed.remove(name, known);
        }
    }

    private void removeTarget(Known known) {
        String job = known.member().job();
        if (byJob.remove(job, known)) {
            mappedJobs.values().forEach(jobs -> jobs.remove(job));
        }
        Address place = known.place();
        if (place != null && known.probe()) {
            probesOf.remove(place, known);
        } else if (place != null) {
            targetsAt.remove(place, known);
            targetsOn.remove(place.host(), known);
        }
        KubernetesName.of(known.target().labels()).ifPresent(name -> targetsNamed.remove(name.normal(), known));
    }

    /** What the operator says of a service; null when nothing. */
    @Nullable
    Mapping mapping(String service) {
        return mappingOf.get(service);
    }

    /** Jobs with the name that a mapping asks for, whatever their labels. */
    Set<String> jobs(Mapping mapping) {
        return mappedJobs.getOrDefault(mapping, Set.of());
    }

    private Set<String> services(Mapping mapping) {
        return mappedServices.getOrDefault(mapping, Set.of());
    }

    /** Services that may have to do with a job; more than do. */
    Set<String> servicesNear(String job) {
        Set<String> services = new HashSet<>();
        mappedJobs.forEach((mapping, jobs) -> {
            if (jobs.contains(job)) {
                services.addAll(services(mapping));
            }
        });
        for (Known known : byJob.of(job)) {
            Address place = known.place();
            if (place != null) {
                addServices(known.probe() ? serversAt.of(place) : serversOn.of(place.host()), services);
            }
            KubernetesName.of(known.target().labels())
                    .ifPresent(name -> addServices(servicesNamed.of(name.normal()), services));
        }
        return services;
    }

    private static void addServices(Set<Known> servers, Set<String> services) {
        servers.forEach(server -> services.add(server.member().job()));
    }
}
