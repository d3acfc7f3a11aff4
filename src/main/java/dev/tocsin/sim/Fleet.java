package dev.tocsin.sim;

import dev.tocsin.scenario.Command;
import dev.tocsin.scenario.JobRef;
import dev.tocsin.scenario.Setting;
import dev.tocsin.scenario.TargetRef;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** All servers of a story and what they scrape. Confined: whoever runs it; pure, time is an argument. */
final class Fleet {
    /* Times are told in the zone of each server. */
    private static final List<ZoneId> ZONES =
            List.of(ZoneOffset.UTC, ZoneOffset.ofHours(1), ZoneOffset.ofHoursMinutes(5, 30));

    /** So long before or after others may a Traefik have taken its configuration: more than any interval of checks. */
    private static final long PHASE_MILLIS_MAX = 60_000;

    private final Setting setting;
    private final Map<JobRef, List<String>> listed = new LinkedHashMap<>();
    private final Services services;
    private final Processes processes = new Processes();
    private final Map<String, Server> servers = new LinkedHashMap<>();

    Fleet(Setting setting, long seed, long nowMillis) {
        this.setting = setting;
        this.services = new Services(setting);
        listed.putAll(setting.jobs());
        setting.sources()
                .forEach((name, cluster) -> servers.put(
                        name,
                        setting.traefiks().contains(name)
                                ? traefik(name, cluster, seed, nowMillis)
                                : prometheus(name, cluster, seed, nowMillis)));
    }

    private Prometheus prometheus(String name, String cluster, long seed, long nowMillis) {
        Random random = new Random(seed ^ name.hashCode());
        Scrapes scrapes = new Scrapes(name, cluster, listed, processes, setting, seed, nowMillis);
        TargetsForm targets = new TargetsForm(ZONES.get(servers.size() % ZONES.size()), random);
        return new Prometheus(name, scrapes, new Answers(targets), nowMillis);
    }

    private Traefik traefik(String name, String cluster, long seed, long nowMillis) {
        return new Traefik(
                name,
                (service, server) -> processes.check(name, new TargetRef(new JobRef(cluster, service), server)),
                () -> services.of(cluster),
                new SplittableRandom(seed ^ name.hashCode()).nextLong(PHASE_MILLIS_MAX),
                nowMillis);
    }

    Collection<Server> servers() {
        return servers.values();
    }

    /** Does it at that moment: what came before has been scraped before. */
    void perform(Command command, long nowMillis) {
        servers.values().forEach(server -> server.pass(nowMillis));
        if (command instanceof Command.Fail fail) {
            fail.targets().forEach(target -> processes.fail(target, fail.texts()));
        } else if (command instanceof Command.Hang hang) {
            hang.targets().forEach(processes::hang);
        } else if (command instanceof Command.Recover recover) {
            recover.targets().forEach(processes::recover);
        } else if (command instanceof Command.Lists lists) {
            list(lists.job(), lists.instances(), nowMillis);
        } else if (command instanceof Command.Leaves leaves) {
            listed.remove(leaves.job());
        } else if (command instanceof Command.Cut cut) {
            cut.sources().forEach(name -> processes.cut(name).addAll(cut.targets()));
        } else if (command instanceof Command.Join join) {
            join.sources().forEach(name -> processes.cut(name).removeAll(join.targets()));
        } else {
            performOnServers(command, nowMillis);
        }
        servers.values().forEach(server -> server.pass(nowMillis));
    }

    private void performOnServers(Command command, long nowMillis) {
        if (command instanceof Command.Sick sick) {
            each(sick.sources(), server -> server.fall(sick.sickness(), nowMillis));
        } else if (command instanceof Command.Well well) {
            each(well.sources(), server -> server.recover(nowMillis));
        } else if (command instanceof Command.Restart restart) {
            each(restart.sources(), server -> server.restart(nowMillis));
        } else if (command instanceof Command.Reload reload) {
            each(reload.sources(), Traefik.class, traefik -> traefik.reload(nowMillis));
        } else if (command instanceof Command.Empty empty) {
            each(empty.sources(), Traefik.class, traefik -> traefik.empty(true, nowMillis));
        } else if (command instanceof Command.Refill refill) {
            each(refill.sources(), Traefik.class, traefik -> traefik.empty(false, nowMillis));
        } else if (command instanceof Command.Clock clock) {
            each(clock.sources(), server -> server.skew(clock.offset().toMillis()));
        } else if (command instanceof Command.Reset reset) {
            each(
                    reset.sources(),
                    Prometheus.class,
                    server -> server.reset(reset.job().name()));
        } else if (command instanceof Command.Dropped dropped) {
            each(
                    dropped.sources(),
                    Prometheus.class,
                    server -> server.drop(dropped.job().name(), dropped.count()));
        } else {
            throw new IllegalArgumentException("no fleet can play " + command);
        }
    }

    private void list(JobRef job, List<String> instances, long nowMillis) {
        listed.put(job, instances);
        if (services.lead(job, instances)) {
            servers.forEach((name, server) -> {
                if (server instanceof Traefik traefik
                        && job.cluster().equals(setting.sources().get(name))) {
                    traefik.reload(nowMillis);
                }
            });
        }
    }

    private void each(List<String> names, Consumer<Server> action) {
        each(names, Server.class, action);
    }

    private <T extends Server> void each(List<String> names, Class<T> kind, Consumer<T> action) {
        names.forEach(name -> {
            Server server = servers.get(name);
            if (!kind.isInstance(server)) {
                throw new IllegalArgumentException("no such server " + name);
            }
            action.accept(kind.cast(server));
        });
    }
}
