package dev.tocsin.simulation;

import dev.tocsin.health.Source;
import dev.tocsin.health.SourceState;
import dev.tocsin.health.Target;
import dev.tocsin.scenario.Command;
import dev.tocsin.scenario.JobRef;
import dev.tocsin.scenario.Setting;
import dev.tocsin.scenario.Sickness;
import dev.tocsin.scenario.Stage;
import dev.tocsin.scenario.TargetRef;
import dev.tocsin.scenario.Told;
import dev.tocsin.sim.Processes;
import dev.tocsin.sim.Services;
import dev.tocsin.sim.StoryConfig;
import dev.tocsin.sim.Telling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;

/** A {@link World} as the stage of a scenario. */
final class VirtualStage implements Stage {
    private final World world;
    private final Services services;
    private final Processes processes = new Processes();
    private final Telling telling = new Telling(World.START);
    private int heard;

    VirtualStage(Setting setting) {
        services = new Services(setting);
        List<Source> sources = new ArrayList<>();
        setting.sources().keySet().stream()
                .filter(name -> !setting.traefiks().contains(name))
                .forEach(name -> sources.add(StoryConfig.source(setting, name)));
        List<VirtualTraefik> traefiks = setting.sources().keySet().stream()
                .filter(setting.traefiks()::contains)
                .map(name -> traefik(name, setting.poll(), StoryConfig.source(setting, name)))
                .toList();
        world = new World(ScenarioSettings.of(setting), sources, traefiks);
        setting.jobs().forEach((job, instances) -> world.list(job.cluster(), job.name(), instances));
        world.network.beyond = new Beyond(processes);
    }

    /* Started one after the other, an hour before. */
    private VirtualTraefik traefik(String name, Duration poll, Source source) {
        long start = World.START.toEpochMilli();
        return new VirtualTraefik(
                source,
                () -> services.of(source.cluster()),
                (service, server) ->
                        processes.check(name, new TargetRef(new JobRef(source.cluster(), service), server)),
                poll,
                start - 3_600_000 + Math.floorMod(name.hashCode(), 60_000),
                start);
    }

    World world() {
        return world;
    }

    @Override
    public void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            world.pass(1);
            listen();
        }
    }

    private void listen() {
        List<dev.tocsin.bus.Told> records = world.us().records();
        for (; heard < records.size(); heard++) {
            telling.take(Duration.ofSeconds(world.second()), records.get(heard).event());
        }
    }

    /** The processes of the story, as its network meets them. */
    private record Beyond(Processes processes) implements Network.Beyond {
        @Override
        public String failure(String server, Target target, int number) {
            return processes.failure(server, ref(target), number);
        }

        @Override
        public boolean ends(Target target) {
            return processes.ends(ref(target));
        }

        private static TargetRef ref(Target target) {
            return new TargetRef(new JobRef(target.source().cluster(), target.job()), target.instance());
        }
    }

    @Override
    public List<Told> told() {
        return telling.told();
    }

    @Override
    public void perform(Command command) {
        if (command instanceof Command.Fail fail) {
            fail.targets().forEach(target -> processes.fail(target, fail.texts()));
        } else if (command instanceof Command.Hang hang) {
            hang.targets().forEach(processes::hang);
        } else if (command instanceof Command.Recover recover) {
            recover.targets().forEach(processes::recover);
        } else if (command instanceof Command.Lists lists) {
            list(lists.job(), lists.instances());
        } else if (command instanceof Command.Leaves leaves) {
            world.noJob(leaves.job().cluster(), leaves.job().name());
        } else if (command instanceof Command.Stall stall) {
            world.stall(Math.toIntExact(stall.lasting().toSeconds()));
        } else if (command instanceof Command.Die) {
            world.kill();
        } else if (command instanceof Command.Start) {
            world.start();
        } else if (command instanceof Command.OwnClock clock) {
            world.ourSkew = clock.offset();
        } else {
            performOnSources(command);
        }
    }

    private void performOnSources(Command command) {
        if (command instanceof Command.Sick sick) {
            each(sick.sources(), server -> fallSick(server, sick.sickness()));
            traefiks(sick.sources(), traefik -> fallSick(traefik, sick.sickness()));
        } else if (command instanceof Command.Well well) {
            each(well.sources(), this::recover);
            traefiks(well.sources(), VirtualStage::recover);
        } else if (command instanceof Command.Restart restart) {
            each(restart.sources(), server -> world.restart(server.source.name()));
            traefiks(restart.sources(), VirtualTraefik::restart);
        } else if (command instanceof Command.Reload reload) {
            traefiks(reload.sources(), VirtualTraefik::reload);
        } else if (command instanceof Command.Empty empty) {
            traefiks(empty.sources(), traefik -> empty(traefik, true));
        } else if (command instanceof Command.Refill refill) {
            traefiks(refill.sources(), traefik -> empty(traefik, false));
        } else if (command instanceof Command.Cut cut) {
            cut.sources().forEach(name -> processes.cut(name).addAll(cut.targets()));
        } else if (command instanceof Command.Join join) {
            join.sources().forEach(name -> processes.cut(name).removeAll(join.targets()));
        } else if (command instanceof Command.Clock clock) {
            each(clock.sources(), server -> server.skewMillis = clock.offset().toMillis());
            traefiks(
                    clock.sources(),
                    traefik -> traefik.skewMillis = clock.offset().toMillis());
        } else if (command instanceof Command.Reset reset) {
            each(reset.sources(), server -> server.resetPool(reset.job().name()));
        } else if (command instanceof Command.Dropped dropped) {
            each(dropped.sources(), server -> drop(server, dropped.job(), dropped.count()));
        } else {
            throw new IllegalArgumentException("this stage cannot play " + command);
        }
    }

    private void list(JobRef job, List<String> instances) {
        world.list(job.cluster(), job.name(), instances);
        if (services.lead(job, instances)) {
            world.traefiks.values().stream()
                    .filter(traefik -> traefik.source.cluster().equals(job.cluster()))
                    .forEach(VirtualTraefik::reload);
        }
    }

    private void each(List<String> sources, Consumer<VirtualPrometheus> action) {
        sources.stream().filter(world.servers::containsKey).forEach(name -> action.accept(world.server(name)));
    }

    private void traefiks(List<String> sources, Consumer<VirtualTraefik> action) {
        sources.stream().filter(world.traefiks::containsKey).forEach(name -> action.accept(world.traefiks.get(name)));
    }

    private static void empty(VirtualTraefik traefik, boolean now) {
        traefik.empty = now;
        traefik.reload();
    }

    private static void drop(VirtualPrometheus server, JobRef job, int count) {
        server.dropped = new HashMap<>(server.dropped == null ? new HashMap<>() : server.dropped);
        server.dropped.put(job.name(), count);
    }

    private void fallSick(VirtualPrometheus server, Sickness sickness) {
        switch (sickness) {
            case REFUSES -> {
                dark(server, SourceState.BLIND, SourceState.Why.REFUSED);
                server.refuses = true;
            }
            case STOPPING -> {
                dark(server, SourceState.STOPPING, SourceState.Why.DRAINING);
                server.refuses = true;
            }
            case BLIND -> dark(server, SourceState.BLIND, SourceState.Why.UNREACHABLE);
            case HANGS -> dark(server, SourceState.BLIND, SourceState.Why.TIMEOUT);
            case NAMELESS -> dark(server, SourceState.BLIND, SourceState.Why.DNS);
            case UNAUTHORIZED -> dark(server, SourceState.BLIND, SourceState.Why.AUTH);
            case BROKEN -> dark(server, SourceState.BLIND, SourceState.Why.HTTP_STATUS);
            case STARTING -> server.replaysWal = true;
            case RELOADING -> server.reloads = true;
            case FROZEN -> server.frozen = true;
            case ISOLATED -> world.isolate(server.source.name());
            case MISCONFIGURED -> server.reloadFailed = true;
            case RETICENT -> server.hidesRuntime = true;
        }
    }

    private static void fallSick(VirtualTraefik traefik, Sickness sickness) {
        switch (sickness) {
            case REFUSES, STOPPING -> {
                dark(traefik, SourceState.Why.REFUSED);
                traefik.refuses = true;
            }
            case BLIND -> dark(traefik, SourceState.Why.UNREACHABLE);
            case HANGS -> dark(traefik, SourceState.Why.TIMEOUT);
            case NAMELESS -> dark(traefik, SourceState.Why.DNS);
            case UNAUTHORIZED -> dark(traefik, SourceState.Why.AUTH);
            case BROKEN -> dark(traefik, SourceState.Why.HTTP_STATUS);
            case STARTING -> traefik.starting = true;
            case ISOLATED -> traefik.isolated = true;
            case RELOADING, FROZEN, MISCONFIGURED, RETICENT ->
                throw new IllegalArgumentException("no Traefik can be " + sickness);
        }
    }

    private static void dark(VirtualTraefik traefik, SourceState.Why why) {
        traefik.darkWhy = why;
        traefik.unseen = true;
    }

    private static void recover(VirtualTraefik traefik) {
        if (traefik.refuses || traefik.starting) {
            traefik.restart();
        }
        traefik.unseen = false;
        traefik.isolated = false;
    }

    private static void dark(VirtualPrometheus server, SourceState state, SourceState.Why why) {
        server.darkState = state;
        server.darkWhy = why;
        server.unseen = true;
    }

    private void recover(VirtualPrometheus server) {
        if (server.refuses || server.replaysWal) {
            world.restart(server.source.name());
        }
        server.unseen = false;
        server.reloads = false;
        server.frozen = false;
        server.reloadFailed = false;
        server.hidesRuntime = false;
        world.reconnect(server.source.name());
    }
}
