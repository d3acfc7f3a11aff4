package dev.tocsin.source;

import dev.tocsin.health.Observation;
import dev.tocsin.health.Observation.Reading;
import dev.tocsin.health.Source;
import dev.tocsin.health.Target;
import dev.tocsin.health.TargetIds;
import dev.tocsin.source.Composition.Child;
import dev.tocsin.source.TraefikService.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The services of one Traefik that lead to other services. Confined: the asker of the source.
 *
 * <p>Each is a job, and each of its children a target of it: down when the requests that it would have go unanswered. What
 * another child answers is answered, so a parent that passes over its dead is not told a second time.
 */
final class TraefikParents {
    /* Deeper ones, and those that stand in a circle, are unknown. */
    static final int NESTED_MAX = 16;

    private final Source source;
    private final Map<String, String> externalLabels;
    private final Map<ServiceName, TraefikService> parents = new LinkedHashMap<>();
    /** What is seen of the servers of each child. */
    private final Map<ServiceName, List<Observation>> parts = new HashMap<>();

    private Map<Key, Target> targets = new HashMap<>();

    private record Key(Protocol protocol, String parent, String child) {}

    TraefikParents(Source source, Map<String, String> externalLabels) {
        this.source = source;
        this.externalLabels = externalLabels;
    }

    /** Another answer. */
    void begin(List<TraefikService> services) {
        parents.clear();
        parts.clear();
        for (TraefikService service : services) {
            if (service.composition() != null && parents.putIfAbsent(ServiceName.of(service), service) == null) {
                names(service).forEach(child -> parts.putIfAbsent(child, new ArrayList<>()));
            }
        }
    }

    /** A server that takes new clients, as it is told. */
    void part(TraefikService service, Observation server) {
        List<Observation> of = parts.isEmpty() ? null : parts.get(ServiceName.of(service));
        if (of != null) {
            of.add(server);
        }
    }

    /** Tells of the children, from the inmost parents on. */
    void observe(LedTo led, List<Observation> into) {
        Map<ServiceName, Standing> known = new HashMap<>();
        parts.forEach((name, of) -> {
            if (!parents.containsKey(name)) {
                known.put(name, Standing.of(of));
            }
        });
        Map<Key, Target> before = targets;
        targets = new HashMap<>();
        List<TraefikService> open = new ArrayList<>(parents.values());
        for (int level = 0; level < NESTED_MAX && !open.isEmpty(); level++) {
            List<TraefikService> outer = new ArrayList<>();
            for (TraefikService parent : open) {
                if (known.keySet().containsAll(names(parent))) {
                    known.put(ServiceName.of(parent), tell(parent, led, known, before, into));
                } else {
                    outer.add(parent);
                }
            }
            open = outer;
        }
        open.forEach(parent -> tell(parent, led, known, before, into));
    }

    private Standing tell(
            TraefikService parent,
            LedTo led,
            Map<ServiceName, Standing> known,
            Map<Key, Target> before,
            List<Observation> into) {
        Composition composition = composition(parent);
        List<Standing> standings = names(parent).stream()
                .map(child -> known.getOrDefault(child, Standing.UNCHECKED))
                .toList();
        List<Reading> readings = standings.stream().map(Standing::reading).toList();
        List<Observation> told = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            ParentRule rule = parent.error() == null && led.contains(parent)
                    ? ParentRule.judge(composition, readings, i)
                    : ParentRule.UNCHECKED;
            Standing standing = rule == ParentRule.SERVED || rule == ParentRule.DEAD_SHARE
                    ? standings.get(i)
                    : Standing.of(rule.reading, standings);
            told.add(observation(target(parent, composition.children().get(i), before), rule, standing, parent, i));
        }
        into.addAll(told);
        return Standing.of(told);
    }

    private static Observation observation(
            Target target, ParentRule rule, Standing standing, TraefikService parent, int child) {
        return new Observation(
                target,
                rule.reading,
                error(rule, parent, child),
                standing.evidence(),
                0,
                standing.intervalMillis(),
                standing.timeoutMillis());
    }

    private static String error(ParentRule rule, TraefikService parent, int child) {
        return switch (rule) {
            case DEAD_SHARE -> share(parent, composition(parent), child);
            case NOBODY_LEFT -> nobody(parent, composition(parent).form());
            case SERVED, TAKEN_OVER, UNCHECKED, UNPROVEN -> "";
        };
    }

    private static String share(TraefikService parent, Composition composition, int child) {
        int weight = composition.children().get(child).weight();
        long percent = Math.max(1, Math.round(100.0 * weight / composition.weights()));
        boolean http = parent.protocol() == Protocol.HTTP;
        String what = composition.form() == Composition.Form.HIGHEST_RANDOM_WEIGHT
                ? "clients"
                : http ? "requests" : "connections";
        return "traefik: gets " + percent + " % of the " + what + " of " + parent.name() + " (weight " + weight + " of "
                + composition.weights() + "), which " + (http ? "answer 503" : "are closed") + ": " + parent.name()
                + " has no healthCheck";
    }

    private static String nobody(TraefikService parent, Composition.Form form) {
        String dead =
                switch (form) {
                    case WEIGHTED, HIGHEST_RANDOM_WEIGHT -> "all its children are down";
                    case FAILOVER -> "its main and its fallback service are down";
                    case MIRRORING -> "its main service is down";
                };
        return "traefik: nobody is left to serve " + parent.name() + ": " + dead;
    }

    private Target target(TraefikService parent, Child child, Map<Key, Target> before) {
        Key key = new Key(parent.protocol(), parent.name(), child.name());
        Target known = before.get(key);
        Target target = known == null ? target(parent, child) : known;
        targets.put(key, target);
        return target;
    }

    private Target target(TraefikService parent, Child child) {
        Map<String, String> own =
                Map.of("service", parent.name(), "protocol", parent.protocol().text(), Target.CHILD, child.name());
        Map<String, String> all = new HashMap<>(externalLabels);
        all.putAll(own);
        return new Target(
                TargetIds.of(source.name(), parent.provider(), Target.NO_URL, own),
                source,
                parent.name(),
                child.name(),
                parent.provider(),
                Target.NO_URL,
                all);
    }

    private static List<ServiceName> names(TraefikService parent) {
        return composition(parent).children().stream()
                .map(child -> new ServiceName(parent.protocol(), child.name()))
                .toList();
    }

    private static Composition composition(TraefikService parent) {
        Composition composition = parent.composition();
        if (composition == null) {
            throw new IllegalArgumentException(parent.name() + " leads to no other service");
        }
        return composition;
    }
}
