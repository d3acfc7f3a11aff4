package dev.tocsin.simulation;

import dev.tocsin.health.Target;
import dev.tocsin.sim.Processes;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who is discovered, who is up, and who is reached from where: what scrapes come to. Confined: its world. */
final class Network {
    /** By cluster, the instances of each job. */
    private final Map<String, Map<String, List<String>>> discovered = new LinkedHashMap<>();

    /** With what those fail that do not just refuse: one text a scrape, in turn. */
    private final Map<String, List<String>> texts = new HashMap<>();

    final Marked down = new Marked();
    final Marked hanging = new Marked();

    /** Servers that reach nothing. */
    final Marked isolated = new Marked();

    /** "server job": pools that a server does not reach. */
    final Marked cut = new Marked();

    /** "server job": pools that a server does not scrape. */
    final Marked limited = new Marked();

    Beyond beyond = Beyond.NOTHING;
    private int changes;

    /** Names of which something is so. */
    final class Marked {
        private final Set<String> names = new HashSet<>();

        void add(String name) {
            changes++;
            names.add(name);
        }

        void remove(String name) {
            changes++;
            names.remove(name);
        }

        boolean contains(String name) {
            return names.contains(name);
        }

        Set<String> copy() {
            return Set.copyOf(names);
        }
    }

    /** What scrapes come to beside what is said here. */
    interface Beyond {
        Beyond NOTHING = new Beyond() {
            @Override
            public String failure(String server, Target target, int number) {
                return "";
            }

            @Override
            public boolean ends(Target target) {
                return true;
            }
        };

        /** Its error text, empty when it succeeds. @param number of the scrape: 0, 1, 2 ... */
        String failure(String server, Target target, int number);

        boolean ends(Target target);
    }

    /** Grows with each change. */
    int changes() {
        return changes;
    }

    /** The instances of each job of a cluster, as service discovery has them now and later. */
    Map<String, List<String>> discovered(String cluster) {
        return discovered.computeIfAbsent(cluster, name -> new LinkedHashMap<>());
    }

    void list(String cluster, String job, List<String> instances) {
        changes++;
        discovered(cluster).put(job, List.copyOf(instances));
    }

    void noJob(String cluster, String job) {
        changes++;
        discovered(cluster).remove(job);
    }

    /** Of all clusters. */
    Map<String, List<String>> listed() {
        Map<String, List<String>> all = new TreeMap<>();
        discovered.values().forEach(all::putAll);
        return all;
    }

    void down(String instance, List<String> said) {
        texts.put(instance, List.copyOf(said));
        down.add(instance);
    }

    void up(String instance) {
        texts.remove(instance);
        down.remove(instance);
    }

    /** What the scrapes of one server come to. */
    VirtualPrometheus.Reach from(String server) {
        return new VirtualPrometheus.Reach() {
            @Override
            public String failure(Target target, int number) {
                if (limited.contains(server + " " + target.job())) {
                    return "target_limit exceeded (number of targets: 9, limit: 5)";
                }
                if (!down.contains(target.instance()) && !cutOff(server, target.job())) {
                    return beyond.failure(server, target, number);
                }
                List<String> said = texts.get(target.instance());
                return said == null ? Processes.refusal(target.instance()) : said.get(number % said.size());
            }

            @Override
            public boolean ends(Target target) {
                return !hanging.contains(target.instance()) && beyond.ends(target);
            }
        };
    }

    private boolean cutOff(String server, String job) {
        return isolated.contains(server) || cut.contains(server + " " + job);
    }

    /** By server, those of which its scrapes fail. */
    Map<String, Set<String>> failing(Collection<String> servers) {
        return failing(servers, limited);
    }

    /** By server, those that are down or that it does not reach. */
    Map<String, Set<String>> unreachable(Collection<String> servers) {
        return failing(servers, new Marked());
    }

    private Map<String, Set<String>> failing(Collection<String> servers, Marked pools) {
        Map<String, Set<String>> failing = new TreeMap<>();
        for (String server : servers) {
            Set<String> fails = new HashSet<>(down.names);
            listed().forEach((job, names) -> {
                if (pools.contains(server + " " + job) || cutOff(server, job)) {
                    fails.addAll(names);
                }
            });
            failing.put(server, fails);
        }
        return failing;
    }
}
