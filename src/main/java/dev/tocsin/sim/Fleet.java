package dev.tocsin.sim;

import dev.tocsin.scenario.Command;
import dev.tocsin.scenario.JobRef;
import dev.tocsin.scenario.Setting;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** All servers of a story and what they scrape. Confined: whoever runs it; pure, time is an argument. */
final class Fleet {
    /* Times are told in the zone of each server. */
    private static final List<ZoneId> ZONES =
            List.of(ZoneOffset.UTC, ZoneOffset.ofHours(1), ZoneOffset.ofHoursMinutes(5, 30));

    private final Map<JobRef, List<String>> listed = new LinkedHashMap<>();
    private final Processes processes = new Processes();
    private final Map<String, Server> servers = new LinkedHashMap<>();

    Fleet(Setting setting, long seed, long nowMillis) {
        listed.putAll(setting.jobs());
        setting.sources().forEach((name, cluster) -> {
            Random random = new Random(seed ^ name.hashCode());
            Scrapes scrapes = new Scrapes(name, cluster, listed, processes, setting, seed, nowMillis);
            TargetsForm targets = new TargetsForm(ZONES.get(servers.size() % ZONES.size()), random);
            servers.put(name, new Server(name, scrapes, new Answers(targets), nowMillis));
        });
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
            listed.put(lists.job(), lists.instances());
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
        } else if (command instanceof Command.Clock clock) {
            each(clock.sources(), server -> server.skew(clock.offset().toMillis()));
        } else if (command instanceof Command.Reset reset) {
            each(reset.sources(), server -> server.reset(reset.job().name()));
        } else if (command instanceof Command.Dropped dropped) {
            each(dropped.sources(), server -> server.drop(dropped.job().name(), dropped.count()));
        } else {
            throw new IllegalArgumentException("no fleet can play " + command);
        }
    }

    private void each(List<String> names, Consumer<Server> action) {
        names.forEach(name -> {
            Server server = servers.get(name);
            if (server == null) {
                throw new IllegalArgumentException("no server " + name);
            }
            action.accept(server);
        });
    }
}
