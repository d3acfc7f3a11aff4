package dev.tocsin.simulation;

import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
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
import dev.tocsin.sim.Telling;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;

/** A {@link World} as the stage of a scenario. */
final class VirtualStage implements Stage {
    private final World world;
    private final Processes processes = new Processes();
    private final Telling telling = new Telling(World.START);
    private int heard;

    VirtualStage(Setting setting) {
        List<Source> sources = setting.sources().entrySet().stream()
                .map(source -> new Source(source.getKey(), source.getValue(), SourceKind.PROMETHEUS))
                .toList();
        world = new World(ScenarioSettings.of(setting), sources);
        setting.jobs().forEach((job, instances) -> world.list(job.cluster(), job.name(), instances));
        world.network.beyond = new Beyond(processes);
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
            world.list(lists.job().cluster(), lists.job().name(), lists.instances());
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
        } else if (command instanceof Command.Well well) {
            each(well.sources(), this::recover);
        } else if (command instanceof Command.Restart restart) {
            restart.sources().forEach(world::restart);
        } else if (command instanceof Command.Cut cut) {
            cut.sources().forEach(name -> processes.cut(name).addAll(cut.targets()));
        } else if (command instanceof Command.Join join) {
            join.sources().forEach(name -> processes.cut(name).removeAll(join.targets()));
        } else if (command instanceof Command.Clock clock) {
            each(clock.sources(), server -> server.skewMillis = clock.offset().toMillis());
        } else if (command instanceof Command.Reset reset) {
            each(reset.sources(), server -> server.resetPool(reset.job().name()));
        } else if (command instanceof Command.Dropped dropped) {
            each(dropped.sources(), server -> drop(server, dropped.job(), dropped.count()));
        } else {
            throw new IllegalArgumentException("this stage cannot play " + command);
        }
    }

    private void each(List<String> sources, Consumer<VirtualPrometheus> action) {
        sources.forEach(name -> action.accept(world.server(name)));
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
