package dev.tocsin.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What goes wrong in a {@link World}, and when it is over. One random source decides all. */
final class Faults {
    /** What can go wrong. The first few are targets that fail, which is what we are there for. */
    enum Kind {
        ONE_DOWN,
        HALF_DOWN,
        JOB_DOWN,
        JOB_UP,
        FLAPPING,
        REFUSES,
        ALL_REFUSE,
        RESTART,
        FROZEN,
        WAL,
        RELOAD,
        RELOAD_EDITED,
        ISOLATED,
        CUT,
        HANG,
        SKEW,
        NO_RUNTIME,
        LIST,
        ROLL,
        NO_POOL,
        STALL,
        KILL,
        KILL_AT_OUTAGE
    }

    private static final int OF_TARGETS = Kind.FLAPPING.ordinal();

    private record Active(long until, Runnable undo) {}

    private final World world;
    private final SplittableRandom random;
    private final List<String> servers;
    private final Map<String, Integer> jobs;
    private final List<Kind> kinds = new ArrayList<>();
    private final Map<String, Active> active = new HashMap<>();
    private int generation = 100;
    private int outagesWhenArmed = Integer.MAX_VALUE;
    private boolean struck;
    private final List<String> trace = new ArrayList<>();

    Faults(World world, SplittableRandom random, List<String> servers, Map<String, Integer> jobs) {
        this.world = world;
        this.random = random;
        this.servers = servers;
        this.jobs = jobs;
        boolean onlyTargets = random.nextInt(6) == 0;
        for (Kind kind : Kind.values()) {
            boolean ofTargets = kind.ordinal() < OF_TARGETS;
            if (ofTargets ? random.nextInt(3) > 0 : !onlyTargets && random.nextInt(3) == 0) {
                kinds.add(kind); // each seed another mask of faults
            }
        }
    }

    /** The last faults, for people who read a failed run. */
    List<String> trace() {
        return trace.subList(Math.max(0, trace.size() - 12), trace.size());
    }

    void strike() {
        if (!kinds.isEmpty()) {
            strike(kinds.get(random.nextInt(kinds.size())));
        }
    }

    private void strike(Kind kind) {
        List<String> names = List.copyOf(jobs.keySet());
        String job = names.get(random.nextInt(names.size()));
        String name = servers.get(random.nextInt(servers.size()));
        VirtualPrometheus server = world.server(name);
        List<String> listed = world.listed(job);
        String one = listed.isEmpty() ? job + "-1:9100" : listed.get(random.nextInt(listed.size()));
        int seconds = 2 + random.nextInt(random.nextBoolean() ? 40 : 200);
        struck |= kind.ordinal() >= OF_TARGETS;
        trace.add(world.second() + "s " + kind + " " + name + " " + job + " " + one + " " + seconds + "s");
        switch (kind) {
            case ONE_DOWN -> world.down(one);
            case HALF_DOWN -> listed.subList(0, (listed.size() + 1) / 2).forEach(world::down);
            case JOB_DOWN -> listed.forEach(world::down);
            case JOB_UP -> listed.forEach(world::up);
            case FLAPPING -> begin("flap " + one, seconds * 4, () -> {}, () -> world.up(one));
            case REFUSES -> begin("refuse " + name, seconds, () -> server.refuses = true, () -> server.refuses = false);
            case ALL_REFUSE ->
                servers.forEach(all -> begin(
                        "refuse " + all,
                        seconds,
                        () -> world.server(all).refuses = true,
                        () -> world.server(all).refuses = false));
            case RESTART -> world.restart(name);
            case FROZEN -> begin("freeze " + name, seconds, () -> server.frozen = true, () -> server.frozen = false);
            case WAL -> begin("wal " + name, seconds, () -> server.replaysWal = true, () -> world.restart(name));
            case RELOAD -> reload(server, () -> {});
            case RELOAD_EDITED -> reload(server, () -> server.resetPool(job));
            case ISOLATED -> begin("isolate " + name, seconds, () -> world.isolate(name), () -> world.reconnect(name));
            case CUT -> begin("cut " + name + job, seconds, () -> world.cut(name, job), () -> world.join(name, job));
            case HANG -> begin("hang " + one, seconds, () -> world.hang(one), () -> world.answer(one));
            case SKEW -> server.skewMillis = 1_000L * (random.nextInt(1_201) - 600);
            case NO_RUNTIME ->
                begin("hide " + name, seconds, () -> server.hidesRuntime = true, () -> server.hidesRuntime = false);
            case LIST -> world.job(job, 1, random.nextInt(size(job) + 1));
            case ROLL -> begin("roll " + job, 60, () -> generation += 100, () -> {});
            case NO_POOL -> begin("drop " + job, seconds, () -> world.noJob(job), () -> world.job(job, 1, size(job)));
            case STALL -> world.stall(1 + random.nextInt(60));
            case KILL -> kill(random.nextBoolean() ? 0 : random.nextInt(20));
            case KILL_AT_OUTAGE -> outagesWhenArmed = world.outages.size();
        }
    }

    private int size(String job) {
        return jobs.getOrDefault(job, 1);
    }

    private void reload(VirtualPrometheus server, Runnable edit) {
        int seconds = 5 + random.nextInt(21);
        begin("reload " + server.source.name(), seconds, () -> server.reloads = true, () -> {
            server.reloads = false;
            edit.run();
        });
    }

    private void begin(String name, int seconds, Runnable act, Runnable undo) {
        act.run();
        active.put(name, new Active(world.second() + seconds, undo));
    }

    private void kill(int restartAfter) {
        if (world.alive()) {
            if (random.nextBoolean()) {
                world.killKeeping(random.nextInt(world.journal.groupSize() + 1));
            } else {
                world.kill();
            }
            begin("dead", restartAfter, () -> {}, world::start);
        }
    }

    /** Goes on with what goes on; true when nothing is wrong but with targets. */
    boolean second() {
        boolean calm = active.isEmpty() && !struck && world.awake();
        struck = false;
        for (Iterator<Active> each = active.values().iterator(); each.hasNext(); ) {
            Active one = each.next();
            if (one.until <= world.second()) {
                each.remove();
                one.undo.run();
                calm = false;
            }
        }
        for (String name : List.copyOf(active.keySet())) {
            if (name.startsWith("flap ") && random.nextInt(20) == 0) {
                String instance = name.substring(5);
                boolean isDown = world.downNow().contains(instance);
                if (isDown) {
                    world.up(instance);
                } else {
                    world.down(instance);
                }
            } else if (name.startsWith("roll ") && world.second() % 12 == 0) {
                roll(name.substring(5));
            }
        }
        if (world.outages.size() > outagesWhenArmed && world.awake()) {
            outagesWhenArmed = Integer.MAX_VALUE;
            kill(random.nextInt(20));
            calm = false;
        }
        return calm;
    }

    /* A fifth of the job's instances is replaced by new ones, healthy as a rule. */
    private void roll(String job) {
        List<String> names = new ArrayList<>(world.listed(job));
        int replaced = Math.min(names.size(), Math.max(1, size(job) / 5));
        names.subList(0, replaced).clear();
        names.addAll(World.names(job, generation + 1, generation + replaced));
        generation += replaced;
        world.list(job, names);
    }

    /** All is well from here on. */
    void heal() {
        active.values().stream().toList().forEach(one -> one.undo.run());
        active.clear();
        outagesWhenArmed = Integer.MAX_VALUE;
        servers.forEach(name -> world.server(name).skewMillis = 0);
        jobs.forEach((job, size) -> world.job(job, 1, size));
        world.downNow().forEach(world::up);
    }
}
