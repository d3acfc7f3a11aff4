package dev.tocsin.join;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a service is one backend with, rung by rung: facts/traefik.md section 7. Decides anew from the index each time.
 *
 * <p>What the operator says stands alone. The certain rungs look at nothing but the two addresses. A rung that infers is
 * asked only where no server of the service is scraped at its own address, and only the first of them that answers.
 */
final class Ladder {
    private static final double HOST_SET_SHARE = 0.8;
    private static final int HOST_SET_MIN = 2;

    private final Index index;

    Ladder(Index index) {
        this.index = index;
    }

    /** The jobs of a service, sorted. */
    List<Link> of(String service) {
        Set<Known> servers = index.byService.of(service);
        Mapping mapping = index.mapping(service);
        if (mapping != null) {
            return mapped(service, servers, mapping);
        }
        List<Link> scraped = sameAddress(service, servers, Rung.HOST_PORT, index.targetsAt);
        List<Link> links = new ArrayList<>(sameAddress(service, servers, Rung.PROBED_URL, index.probesOf));
        links.addAll(scraped.isEmpty() ? inferred(service, servers) : scraped);
        links.sort(Link.ORDER);
        return links;
    }

    private List<Link> mapped(String service, Set<Known> servers, Mapping mapping) {
        List<Link> links = new ArrayList<>();
        for (String job : index.jobs(mapping)) {
            List<Known> targets = index.byJob.of(job).stream()
                    .filter(known -> mapping.ofTarget(known.target()))
                    .toList();
            if (!targets.isEmpty()) {
                links.add(link(service, job, Rung.MAPPING, servers, targets));
            }
        }
        links.sort(Link.ORDER);
        return links;
    }

    private static List<Link> sameAddress(String service, Set<Known> servers, Rung rung, Groups<Address> at) {
        Map<String, Set<Known>> byJob = new TreeMap<>();
        for (Known server : servers) {
            Address place = server.place();
            if (place != null) {
                at.of(place)
                        .forEach(target -> byJob.computeIfAbsent(target.member().job(), of -> new HashSet<>())
                                .add(target));
            }
        }
        return byJob.entrySet().stream()
                .map(job -> link(service, job.getKey(), rung, servers, job.getValue()))
                .toList();
    }

    private List<Link> inferred(String service, Set<Known> servers) {
        List<Link> byHost = host(service, servers);
        if (!byHost.isEmpty()) {
            return byHost;
        }
        List<Link> byName = kubernetes(service, servers);
        return byName.isEmpty() ? hostSet(service, servers) : byName;
    }

    /* A host with two ports of servers, two of targets, or two jobs does not say which is which: the whole service is
     * refused then, as what is true of its other hosts is a guess. */
    private List<Link> host(String service, Set<Known> servers) {
        Set<Known> found = new HashSet<>();
        for (String host : hosts(servers)) {
            Set<Known> targets = index.targetsOn.of(host);
            if (targets.isEmpty()) {
                continue;
            }
            if (shared(index.serversOn.of(host)) || shared(targets)) {
                return List.of();
            }
            found.addAll(targets);
        }
        return onlyJob(found) == null ? List.of() : links(service, Rung.HOST, servers, found);
    }

    /** Whether these, on one host, are at several ports. */
    private static boolean shared(Set<Known> onHost) {
        int port = 0;
        for (Known known : onHost) {
            Address place = known.place();
            int next = place == null ? port : place.port();
            if (port != 0 && port != next) {
                return true;
            }
            port = next;
        }
        return false;
    }

    private static @Nullable String onlyJob(Set<Known> targets) {
        String only = null;
        for (Known target : targets) {
            String job = target.member().job();
            if (only != null && !only.equals(job)) {
                return null;
            }
            only = job;
        }
        return only;
    }

    private List<Link> kubernetes(String service, Set<Known> servers) {
        String name = KubernetesName.before(service);
        Set<Known> targets = name == null ? Set.of() : index.targetsNamed.of(name);
        long meanings = targets.stream()
                .map(target -> KubernetesName.of(target.target().labels()))
                .distinct()
                .count();
        return meanings == 1 ? links(service, Rung.KUBERNETES, servers, targets) : List.of();
    }

    /* Covered both ways: an exporter that runs on every host covers the hosts of every service, and is none of them. */
    private List<Link> hostSet(String service, Set<Known> servers) {
        Set<String> hosts = hosts(servers);
        if (hosts.size() < HOST_SET_MIN) {
            return List.of();
        }
        Map<String, Integer> votes = new HashMap<>();
        for (String host : hosts) {
            jobs(index.targetsOn.of(host)).forEach(job -> votes.merge(job, 1, Integer::sum));
        }
        List<String> elected = votes.entrySet().stream()
                .filter(vote -> enough(vote.getValue(), hosts.size()))
                .map(Map.Entry::getKey)
                .filter(job -> enough(
                        votes.getOrDefault(job, 0), hosts(index.byJob.of(job)).size()))
                .toList();
        return elected.size() == 1 && !rivalled(servers, hosts)
                ? List.of(link(service, elected.get(0), Rung.HOST_SET, servers, index.byJob.of(elected.get(0))))
                : List.of();
    }

    /** Whether another service is on as many of these hosts, at other addresses. */
    private boolean rivalled(Set<Known> servers, Set<String> hosts) {
        Set<Address> ours = servers.stream().map(Known::address).collect(Collectors.toSet());
        Map<String, Integer> votes = new HashMap<>();
        for (String host : hosts) {
            Set<Known> others = index.serversOn.of(host).stream()
                    .filter(other -> !ours.contains(other.address()))
                    .collect(Collectors.toSet());
            jobs(others).forEach(job -> votes.merge(job, 1, Integer::sum));
        }
        return votes.values().stream().anyMatch(vote -> enough(vote, hosts.size()));
    }

    private static boolean enough(int votes, int of) {
        return votes >= HOST_SET_SHARE * of;
    }

    private static Set<String> jobs(Set<Known> of) {
        return of.stream().map(known -> known.member().job()).collect(Collectors.toSet());
    }

    private static Set<String> hosts(Set<Known> of) {
        Set<String> hosts = new HashSet<>();
        for (Known known : of) {
            Address place = known.place();
            if (place != null && !known.probe()) {
                hosts.add(place.host());
            }
        }
        return hosts;
    }

    private static List<Link> links(String service, Rung rung, Set<Known> servers, Set<Known> targets) {
        Map<String, List<Known>> byJob = targets.stream()
                .collect(Collectors.groupingBy(known -> known.member().job(), TreeMap::new, Collectors.toList()));
        return byJob.entrySet().stream()
                .map(job -> link(service, job.getKey(), rung, servers, job.getValue()))
                .toList();
    }

    private static Link link(String service, String job, Rung rung, Set<Known> servers, Collection<Known> targets) {
        boolean probed = targets.stream().anyMatch(Known::probe);
        Pairing pairing = new Pairing(servers, targets);
        return new Link(service, job, rung, probed, pairing.pairs(), pairing.named(rung == Rung.KUBERNETES));
    }
}
