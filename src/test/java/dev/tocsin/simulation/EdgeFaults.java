package dev.tocsin.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** What goes wrong with the Traefiks of a random world and behind them, and when it is over. Confined: its run. */
final class EdgeFaults {
    /** What can go wrong. */
    enum Kind {
        SERVER_DOWN,
        HALF_DOWN,
        SERVICE_DOWN,
        SERVICE_UP,
        SERVER_HANGS,
        /* between a Traefik and its servers */
        CUT,
        ISOLATED,
        /* its configuration */
        RELOAD,
        RELOAD_ALL,
        STARVED,
        EMPTIED_BY_A_SAVE,
        EMPTIED,
        CHURNED,
        UNCHECKED,
        LIST,
        /* its process, and our way to it */
        RESTART,
        REFUSES,
        STARTING,
        UNSEEN,
        SLOW,
        SKEW
    }

    private static final int THROTTLE_SECONDS = 2;
    private static final long SETTLED_MILLIS = 60_000;

    private record Active(long until, Runnable each, Runnable undo) {}

    private final Edges edges;
    private final LongSupplier clock;
    private final List<String> traefiks;
    private final List<Kind> mask = new ArrayList<>();
    private final Map<String, Active> active = new HashMap<>();
    private final List<String> trace = new ArrayList<>();
    private int generation = 100;

    /** @param clock the second of the world @param random for the mask of kinds that strike in this world */
    EdgeFaults(Edges edges, LongSupplier clock, SplittableRandom random) {
        this.edges = edges;
        this.clock = clock;
        this.traefiks = List.copyOf(edges.traefiks.keySet());
        for (Kind kind : Kind.values()) {
            if (random.nextInt(5) < 2) {
                mask.add(kind);
            }
        }
    }

    List<String> trace() {
        return trace;
    }

    /** One fault, or none; it takes all its chances from that source. */
    void strike(SplittableRandom random) {
        if (edges.none() || mask.isEmpty() || random.nextInt(3) == 0) {
            return;
        }
        Kind kind = mask.get(random.nextInt(mask.size()));
        VirtualTraefik traefik = edges.traefiks.get(traefiks.get(random.nextInt(traefiks.size())));
        List<String> names = List.copyOf(edges.services.keySet());
        String service = names.get(random.nextInt(names.size()));
        List<String> servers = edges.services.get(service).servers();
        String one = servers.get(random.nextInt(servers.size()));
        int seconds = 2 + random.nextInt(random.nextBoolean() ? 40 : 200);
        int number = random.nextInt(1 << 20);
        String name = traefik.source.name();
        trace.add(clock.getAsLong() + "s " + kind + " " + name + " " + service + " " + one + " " + seconds + "s");
        switch (kind) {
            case SERVER_DOWN -> edges.down.add(one);
            case HALF_DOWN -> edges.down.addAll(servers.subList(0, (servers.size() + 1) / 2));
            case SERVICE_DOWN -> edges.down.addAll(servers);
            case SERVICE_UP -> edges.down.removeAll(servers);
            case SERVER_HANGS ->
                begin("hang " + one, seconds, () -> edges.hanging.add(one), () -> edges.hanging.remove(one));
            case CUT ->
                begin(
                        "cut " + name + one,
                        seconds,
                        () -> edges.cut.add(name + " " + one),
                        () -> edges.cut.remove(name + " " + one));
            case ISOLATED ->
                begin("isolate " + name, seconds, () -> traefik.isolated = true, () -> traefik.isolated = false);
            case RELOAD -> traefik.reload();
            case RELOAD_ALL -> edges.traefiks.values().forEach(VirtualTraefik::reload);
            case STARVED -> starve(traefik, seconds);
            case EMPTIED_BY_A_SAVE -> empty(traefik, THROTTLE_SECONDS);
            case EMPTIED -> empty(traefik, seconds);
            case CHURNED -> configure(traefik, seconds, () -> traefik.churned = service, () -> traefik.churned = "");
            case UNCHECKED ->
                configure(
                        traefik,
                        seconds,
                        () -> traefik.unchecked.add(service),
                        () -> traefik.unchecked.remove(service));
            case LIST -> list(service, number);
            case RESTART -> traefik.restart();
            case REFUSES -> begin("refuse " + name, seconds, () -> traefik.refuses = true, traefik::restart);
            case STARTING -> begin("start " + name, 1 + seconds % 20, () -> traefik.starting = true, traefik::restart);
            case UNSEEN -> begin("hide " + name, seconds, () -> traefik.unseen = true, () -> traefik.unseen = false);
            case SLOW ->
                begin(
                        "slow " + name,
                        seconds,
                        () -> traefik.latencySeconds = 1 + number % 6,
                        () -> traefik.latencySeconds = 0);
            case SKEW -> set(traefik, 1_000L * (number % 7_201 - 3_600));
        }
    }

    /* A clock that is set between a start and the first look of ours at all makes of the start what it will: who could tell? */
    private static void set(VirtualTraefik traefik, long skewMillis) {
        if (traefik.nowMillis() - traefik.loadedMillis() > SETTLED_MILLIS) {
            traefik.skewMillis = skewMillis;
        }
    }

    private void begin(String name, int seconds, Runnable act, Runnable undo) {
        begin(name, seconds, act, () -> {}, undo);
    }

    /* The same again ends first what goes on. */
    private void begin(String name, int seconds, Runnable act, Runnable each, Runnable undo) {
        Active before = active.remove(name);
        if (before != null) {
            before.undo.run();
        }
        act.run();
        active.put(name, new Active(clock.getAsLong() + seconds, each, undo));
    }

    private void configure(VirtualTraefik traefik, int seconds, Runnable act, Runnable undo) {
        begin(
                "configure " + traefik.source.name(),
                seconds,
                () -> {
                    act.run();
                    traefik.reload();
                },
                () -> {
                    undo.run();
                    traefik.reload();
                });
    }

    private void empty(VirtualTraefik traefik, int seconds) {
        configure(traefik, seconds, () -> traefik.empty = true, () -> traefik.empty = false);
    }

    private void starve(VirtualTraefik traefik, int seconds) {
        Runnable each = () -> {
            if (clock.getAsLong() % THROTTLE_SECONDS == 0) {
                traefik.reload();
            }
        };
        begin("starve " + traefik.source.name(), seconds, () -> {}, each, () -> {});
    }

    /* Some leave, some come, healthy as a rule. */
    private void list(String service, int number) {
        List<String> servers = new ArrayList<>(edges.services.get(service).servers());
        int replaced = 1 + number % servers.size();
        servers.subList(0, replaced).clear();
        String job = service.substring(0, service.indexOf('@'));
        Edges.names(job, generation + 1, generation + replaced).forEach(name -> servers.add(edges.address(name)));
        generation += replaced;
        edges.list(service, servers);
    }

    /** Goes on with what goes on; true when nothing does. */
    boolean second() {
        for (Iterator<Active> each = active.values().iterator(); each.hasNext(); ) {
            Active one = each.next();
            if (one.until <= clock.getAsLong()) {
                each.remove();
                one.undo.run();
            } else {
                one.each.run();
            }
        }
        return active.isEmpty();
    }

    /** All is well from here on, but for the servers. */
    void heal() {
        List.copyOf(active.values()).forEach(one -> one.undo.run());
        active.clear();
    }

    /** And so are the servers. */
    void healTargets() {
        edges.down.clear();
        edges.hanging.clear();
    }
}
