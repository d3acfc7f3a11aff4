package dev.tocsin.outage;

import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import dev.tocsin.join.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which services of the Traefiks of a cluster lead to which others, by the targets that stand for their children. Confined:
 * its joins.
 */
final class Parents {
    /* By id: each replica has its own. */
    private final Map<String, Map<String, Member>> byChild = new HashMap<>();

    /** Takes a target that is there, or that is not any more. */
    void see(Target target, boolean gone) {
        String child = target.labels().get(Target.CHILD);
        boolean stands =
                target.source().kind() == SourceKind.TRAEFIK && target.url().equals(Target.NO_URL);
        if (child == null || !stands) {
            return;
        }
        Map<String, Member> of = byChild.computeIfAbsent(child, key -> new HashMap<>());
        if (gone) {
            of.remove(target.id());
        } else {
            of.put(target.id(), Member.of(target));
        }
        if (of.isEmpty()) {
            byChild.remove(child);
        }
    }

    /** What tells of the requests that a service would get from others, each once. */
    List<Member> of(String service) {
        return byChild.getOrDefault(service, Map.of()).values().stream()
                .distinct()
                .toList();
    }
}
