package dev.tocsin.join;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which servers of a service and which targets of a job are one endpoint: those with one address, and those that are alone
 * on one host. Who is paired with whom else is not known, and not guessed. Immutable.
 */
final class Pairing {
    private final Set<Known> servers;
    private final TreeSet<Pair> pairs = new TreeSet<>(Pair.ORDER);

    Pairing(Set<Known> servers, Collection<Known> targets) {
        this.servers = servers;
        Groups<Address> targetsAt = at(targets);
        Groups<String> serversOn = on(servers);
        Groups<String> targetsOn = on(targets);
        for (Known server : servers) {
            Address address = server.address();
            if (address == null) {
                continue;
            }
            Set<Known> same = targetsAt.of(address);
            Set<Known> alone = targetsOn.of(address.host());
            if (!same.isEmpty()) {
                add(server, same);
            } else if (addresses(alone) == 1 && addresses(serversOn.of(address.host())) == 1) {
                add(server, alone);
            }
        }
    }

    private void add(Known server, Set<Known> targets) {
        targets.forEach(target -> pairs.add(new Pair(server.member(), target.member(), server.named())));
    }

    private static long addresses(Set<Known> of) {
        return of.stream().map(Known::address).distinct().count();
    }

    private static Groups<Address> at(Collection<Known> all) {
        Groups<Address> at = new Groups<>();
        for (Known known : all) {
            Address address = known.address();
            if (address != null) {
                at.add(address, known);
            }
        }
        return at;
    }

    private static Groups<String> on(Collection<Known> all) {
        Groups<String> on = new Groups<>();
        for (Known known : all) {
            Address address = known.address();
            if (address != null && !known.probe()) {
                on.add(address.host(), known);
            }
        }
        return on;
    }

    List<Pair> pairs() {
        return List.copyOf(pairs);
    }

    /** @param unpaired whether a server that is paired with no target stands for the whole job: a cluster's own address */
    int named(boolean unpaired) {
        Set<Member> paired = new HashSet<>();
        pairs.forEach(pair -> paired.add(pair.server()));
        Set<Member> named = new HashSet<>();
        for (Known server : servers) {
            if (server.named() || unpaired && !paired.contains(server.member())) {
                named.add(server.member());
            }
        }
        return named.size();
    }
}
