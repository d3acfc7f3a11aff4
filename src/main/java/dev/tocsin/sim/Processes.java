package dev.tocsin.sim;

import dev.tocsin.scenario.TargetRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the targets of a story are, and from where they cannot be reached. Confined: its fleet; pure. */
public final class Processes {
    /** As Go says it: what stands in braces is the target's own. */
    private static final String REFUSED = "Get \"{url}\": dial tcp {address}: connect: connection refused";

    /** What listens somewhere, under whatever job. */
    private record Process(String cluster, String instance) {
        static Process of(TargetRef target) {
            return new Process(target.job().cluster(), target.instance());
        }
    }

    /** What is asked there: scrapes and health checks go to paths of their own. */
    private record View(Process process, boolean service) {
        static View of(TargetRef target) {
            return new View(Process.of(target), target.job().service());
        }
    }

    private final Set<Process> refusing = new HashSet<>();

    /** With the texts of their failures, one a scrape, in turn. */
    private final Map<View, List<String>> failing = new HashMap<>();

    private final Set<Process> hanging = new HashSet<>();
    private final Map<String, Set<TargetRef>> cuts = new HashMap<>();

    /** The targets that a server cannot reach. */
    public Set<TargetRef> cut(String server) {
        return cuts.computeIfAbsent(server, name -> new HashSet<>());
    }

    /** @param texts of its failures, in turn; none: nothing listens there, for nobody */
    public void fail(TargetRef target, List<String> texts) {
        if (texts.isEmpty()) {
            refusing.add(Process.of(target));
            failing.remove(View.of(target));
        } else {
            refusing.remove(Process.of(target));
            failing.put(View.of(target), texts);
        }
    }

    public void hang(TargetRef target) {
        hanging.add(Process.of(target));
    }

    public void recover(TargetRef target) {
        failing.remove(View.of(target));
        refusing.remove(Process.of(target));
        hanging.remove(Process.of(target));
    }

    /** The error text of a scrape from that server; empty when it succeeds. @param number of the scrape: 0, 1, 2 ... */
    public String failure(String server, TargetRef target, int number) {
        List<String> texts = failing.get(View.of(target));
        if (texts != null) {
            return filled(texts.get(number % texts.size()), target.instance());
        }
        return refuses(server, target) ? refusal(target.instance()) : "";
    }

    private boolean refuses(String server, TargetRef target) {
        return refusing.contains(Process.of(target)) || cut(server).contains(target);
    }

    /** What a health check from that server comes to. */
    public Checks.Answer check(String server, TargetRef target) {
        if (failing.containsKey(View.of(target)) || refuses(server, target)) {
            return Checks.Answer.FAILS;
        }
        return ends(target) ? Checks.Answer.FINE : Checks.Answer.HANGS;
    }

    /** Whether a scrape of it ends at all. */
    public boolean ends(TargetRef target) {
        return !hanging.contains(Process.of(target));
    }

    /** What a scrape says when nothing listens at that {@code HOST:PORT}. */
    public static String refusal(String instance) {
        return filled(REFUSED, instance);
    }

    static String url(String instance) {
        return "http://" + instance + "/metrics";
    }

    private static String filled(String text, String instance) {
        return text.replace("{url}", url(instance)).replace("{address}", address(instance));
    }

    /* An error names the address that a name stands for; each name has one of its own. */
    private static String address(String instance) {
        int colon = instance.lastIndexOf(':');
        String host = colon < 0 ? instance : instance.substring(0, colon);
        String port = colon < 0 ? ":80" : instance.substring(colon);
        if (host.matches("[0-9.]+")) {
            return host + port;
        }
        int hash = host.hashCode();
        return "10." + (hash >>> 16 & 0xff) + "." + (hash >>> 8 & 0xff) + "." + (1 + (hash & 0x7f)) + port;
    }
}
