package dev.tocsin.simulation;

import dev.tocsin.health.Target;
import dev.tocsin.scenario.JobRef;
import dev.tocsin.scenario.TargetRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the targets of a scenario are, and from where they cannot be reached. */
final class Processes implements Network.Beyond {
    /** What listens somewhere, under whatever job. */
    private record Process(String cluster, String instance) {
        static Process of(TargetRef target) {
            return new Process(target.job().cluster(), target.instance());
        }
    }

    /** With the texts of their failures, one a scrape, in turn; none: the connection is refused. */
    private final Map<Process, List<String>> failing = new HashMap<>();

    private final Set<Process> hanging = new HashSet<>();
    private final Map<String, Set<TargetRef>> cuts = new HashMap<>();

    /** The targets that a server cannot reach. */
    Set<TargetRef> cut(String server) {
        return cuts.computeIfAbsent(server, name -> new HashSet<>());
    }

    void fail(TargetRef target, List<String> texts) {
        failing.put(Process.of(target), texts);
    }

    void hang(TargetRef target) {
        hanging.add(Process.of(target));
    }

    void recover(TargetRef target) {
        failing.remove(Process.of(target));
        hanging.remove(Process.of(target));
    }

    @Override
    public String failure(String server, Target target, int number) {
        TargetRef ref = ref(target);
        List<String> texts = failing.get(Process.of(ref));
        if (texts != null && !texts.isEmpty()) {
            return texts.get(number % texts.size());
        }
        return texts != null || cut(server).contains(ref) ? Network.refusal(target) : "";
    }

    @Override
    public boolean ends(Target target) {
        return !hanging.contains(Process.of(ref(target)));
    }

    private static TargetRef ref(Target target) {
        return new TargetRef(new JobRef(target.source().cluster(), target.job()), target.instance());
    }
}
