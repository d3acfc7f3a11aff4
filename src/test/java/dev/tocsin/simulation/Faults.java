package dev.tocsin.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** What goes wrong in a {@link World}, and when it is over. Confined: its run. */
final class Faults {
    /** What can go wrong. The first few are targets that fail, which is what we are there for. */
    enum Kind {
        ONE_DOWN,
        HALF_DOWN,
        JOB_DOWN,
        JOB_UP,
        HOST_DOWN,
        ALL_DOWN,
        FLAPPING,
        TEXTS,
        /* sources */
        REFUSES,
        ALL_REFUSE,
        HANGS,
        SLOW,
        TORN,
        RESTART,
        FROZEN,
        WAL,
        RELOAD,
        RELOAD_EDITED,
        ISOLATED,
        CUT,
        LIMIT,
        HANG,
        SKEW,
        NO_RUNTIME,
        /* discovery */
        EMPTY,
        LIST,
        ROLL,
        RELABEL,
        NO_POOL,
        /* us */
        STALL,
        KILL,
        KILL_AT_OUTAGE,
        POWER,
        ANOTHER,
        DISK_FULL,
        COMPACT
    }

    static final Set<Kind> OF_TARGETS = EnumSet.range(Kind.ONE_DOWN, Kind.TEXTS);

    private static final List<String> CHANGING_TEXTS = List.of(
            "Get \"http://x/metrics\": dial tcp 10.0.0.1:9100: connect: connection refused",
            "Get \"http://x/metrics\": context deadline exceeded",
            "server returned HTTP status 503 Service Unavailable");

    private interface Each {
        void second();
    }

    private record Active(long until, Each each, Runnable undo) {}

    private final World world;
    private final List<String> servers;
    private final Map<String, Integer> jobs;
    private final Map<String, Active> active = new HashMap<>();
    private final List<String> trace = new ArrayList<>();
    private int generation = 100;
    private int outagesWhenArmed = Integer.MAX_VALUE;
    private boolean struck;

    Faults(World world, Map<String, Integer> jobs) {
        this.world = world;
        this.servers = List.copyOf(world.servers.keySet());
        this.jobs = jobs;
    }

    /** Each seed has another mask of kinds: swarm testing. */
    static List<Kind> mask(SplittableRandom random) {
        List<Kind> kinds = new ArrayList<>();
        boolean onlyTargets = random.nextInt(6) == 0;
        for (Kind kind : Kind.values()) {
            boolean in = OF_TARGETS.contains(kind) ? random.nextInt(3) > 0 : random.nextInt(3) == 0 && !onlyTargets;
            if (in) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /** All that has struck, for people. */
    List<String> trace() {
        return trace;
    }

    /** One fault; it takes all its chances from that source. */
    void strike(Kind kind, SplittableRandom random) {
        List<String> names = List.copyOf(jobs.keySet());
        String job = names.get(random.nextInt(names.size()));
        String name = servers.get(random.nextInt(servers.size()));
        VirtualPrometheus server = world.server(name);
        List<String> listed = world.listed(job);
        String one = listed.isEmpty() ? job + "-1:9100" : listed.get(random.nextInt(listed.size()));
        int seconds = 2 + random.nextInt(random.nextBoolean() ? 40 : 200);
        int number = random.nextInt(1 << 20);
        struck |= !OF_TARGETS.contains(kind);
        trace.add(world.second() + "s " + kind + " " + name + " " + job + " " + one + " " + seconds + "s");
        switch (kind) {
            case ONE_DOWN -> world.down(one);
            case HALF_DOWN -> listed.subList(0, (listed.size() + 1) / 2).forEach(world::down);
            case JOB_DOWN -> listed.forEach(world::down);
            case JOB_UP -> listed.forEach(world::up);
            case HOST_DOWN -> ofHost(number % 12).forEach(world::down);
            case ALL_DOWN -> jobs.keySet().forEach(each -> world.listed(each).forEach(world::down));
            case FLAPPING -> flap(one, 4 * seconds, random.split());
            case TEXTS -> listed.forEach(each -> world.down(each, CHANGING_TEXTS));
            case REFUSES -> refuse(name, seconds);
            case ALL_REFUSE -> servers.forEach(each -> refuse(each, seconds));
            case HANGS -> begin("hangs " + name, seconds, () -> server.hangs = true, () -> server.hangs = false);
            case SLOW ->
                begin(
                        "slow " + name,
                        seconds,
                        () -> server.latencySeconds = 1 + number % 20,
                        () -> server.latencySeconds = 0);
            case TORN -> begin("torn " + name, seconds, () -> server.torn = true, () -> server.torn = false);
            case RESTART -> world.restart(name);
            case FROZEN -> begin("freeze " + name, seconds, () -> server.frozen = true, () -> server.frozen = false);
            case WAL -> begin("wal " + name, seconds, () -> server.replaysWal = true, () -> world.restart(name));
            case RELOAD -> reload(server, 5 + number % 21, () -> {});
            case RELOAD_EDITED -> reload(server, 5 + number % 21, () -> server.resetPool(job));
            case ISOLATED -> begin("isolate " + name, seconds, () -> world.isolate(name), () -> world.reconnect(name));
            case CUT -> begin("cut " + name + job, seconds, () -> world.cut(name, job), () -> world.join(name, job));
            case LIMIT ->
                begin("limit " + name + job, seconds, () -> world.limit(name, job), () -> world.unlimit(name, job));
            case HANG -> begin("hang " + one, seconds, () -> world.hang(one), () -> world.answer(one));
            case SKEW -> server.skewMillis = 1_000L * (number % 7_201 - 3_600);
            case NO_RUNTIME ->
                begin("hide " + name, seconds, () -> server.hidesRuntime = true, () -> server.hidesRuntime = false);
            case EMPTY -> begin("empty " + name, seconds, () -> server.empty = true, () -> server.empty = false);
            case LIST -> world.job(job, 1, number % (jobs.get(job) + 1));
            case ROLL -> begin("roll " + job, 60, () -> roll(job), () -> {});
            case RELABEL -> replace(job, world.listed(job).size());
            case NO_POOL ->
                begin("drop " + job, seconds, () -> world.noJob(job), () -> world.job(job, 1, jobs.get(job)));
            case STALL -> world.stall(1 + number % 60);
            case KILL -> kill(number % 2 * (number % 20));
            case KILL_AT_OUTAGE -> outagesWhenArmed = world.outages.size();
            case POWER -> power(number % 20, number % 30);
            case ANOTHER -> world.startAnother();
            case DISK_FULL ->
                begin("full", seconds, () -> world.us().disk().refuse(true), () -> world.us()
                        .disk()
                        .refuse(false));
            case COMPACT -> world.compact();
        }
    }

    private void begin(String name, int seconds, Runnable act, Runnable undo) {
        act.run();
        active.put(name, new Active(world.second() + seconds, () -> {}, undo));
    }

    private void refuse(String name, int seconds) {
        VirtualPrometheus server = world.server(name);
        begin("refuse " + name, seconds, () -> server.refuses = true, () -> server.refuses = false);
    }

    private void reload(VirtualPrometheus server, int seconds, Runnable edit) {
        begin("reload " + server.source.name(), seconds, () -> server.reloads = true, () -> {
            server.reloads = false;
            edit.run();
        });
    }

    /* Each host runs an instance of most jobs. */
    private Collection<String> ofHost(int host) {
        List<String> there = new ArrayList<>();
        jobs.keySet().forEach(job -> there.addAll(World.names(job, host, host)));
        return there;
    }

    private void flap(String one, int seconds, SplittableRandom random) {
        Each each = () -> {
            if (random.nextInt(20) == 0) {
                flip(one);
            }
        };
        active.put("flap " + one, new Active(world.second() + seconds, each, () -> world.up(one)));
    }

    private void flip(String one) {
        if (world.downNow().contains(one)) {
            world.up(one);
        } else {
            world.down(one);
        }
    }

    private void roll(String job) {
        Each each = () -> {
            if (world.second() % 12 == 0) {
                replace(job, Math.max(1, jobs.get(job) / 5));
            }
        };
        active.put("rolls " + job, new Active(world.second() + 60, each, () -> {}));
    }

    /* So many of the job's instances are replaced by new ones, healthy as a rule. */
    private void replace(String job, int count) {
        List<String> names = new ArrayList<>(world.listed(job));
        int replaced = Math.min(names.size(), count);
        names.subList(0, replaced).clear();
        names.addAll(World.names(job, generation + 1, generation + replaced));
        generation += replaced;
        world.list(job, names);
    }

    private void kill(int restartAfter) {
        if (world.us().alive()) {
            world.kill();
            begin("dead", restartAfter, () -> {}, world::start);
        }
    }

    private void power(int changes, int restartAfter) {
        if (world.us().alive()) {
            world.us().disk().losePowerIn(changes);
            begin("dead", restartAfter, () -> {}, world::start);
        }
    }

    /** Goes on with what goes on; true when nothing is wrong but with targets. */
    boolean second() {
        boolean calm = !struck && world.awake() && active.keySet().stream().allMatch(name -> name.startsWith("flap"));
        struck = false;
        for (Iterator<Active> each = active.values().iterator(); each.hasNext(); ) {
            Active one = each.next();
            if (one.until <= world.second()) {
                each.remove();
                one.undo.run();
                calm = false;
            } else {
                one.each.second();
            }
        }
        if (world.outages.size() > outagesWhenArmed && world.awake()) {
            outagesWhenArmed = Integer.MAX_VALUE;
            kill((int) (world.second() % 20));
            calm = false;
        }
        return calm;
    }

    /** All is well from here on, but for the targets. */
    void heal() {
        outagesWhenArmed = Integer.MAX_VALUE;
        List.copyOf(active.values()).forEach(one -> one.undo.run());
        active.clear();
        servers.forEach(name -> world.server(name).skewMillis = 0);
        if (!world.us().alive()) {
            world.start();
        }
    }

    /** And so are the targets. */
    void healTargets() {
        jobs.forEach((job, size) -> world.job(job, 1, size));
        world.downNow().forEach(world::up);
    }
}
