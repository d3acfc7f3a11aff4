package dev.tocsin.simulation;

import dev.tocsin.VirtualNode;
import dev.tocsin.bus.Told;
import dev.tocsin.health.Moment;
import dev.tocsin.health.Source;
import dev.tocsin.health.Stream;
import dev.tocsin.log.VirtualDisk;
import dev.tocsin.log.VirtualLog;
import dev.tocsin.poll.VirtualPoller;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Us: one process after another on one disk, and what a reader of the log has. Confined: its world. */
final class Monitor {
    private final VirtualNode.Settings settings;
    private final VirtualDisk disk = new VirtualDisk();
    private final List<Told> records = new ArrayList<>();
    private final Map<Stream, Long> next = new EnumMap<>(Stream.class);
    private VirtualNode node;
    private VirtualNode rival;
    private long stalledUntil;
    private boolean wanted;
    private int life;

    Monitor(Settings settings, Collection<Source> sources) {
        this.settings = new VirtualNode.Settings(
                "node",
                sources,
                settings.health(),
                settings.rules(),
                settings.causes(),
                Duration.ofSeconds(settings.pollSeconds()),
                Duration.ofMillis(800L * settings.pollSeconds()),
                settings.segmentBytes(),
                settings.mergeAbove());
    }

    /** All records that a reader of the log has, in order. */
    List<Told> records() {
        return records;
    }

    /** A second of ours. */
    void second(Moment now, Function<String, VirtualPoller.Server> servers) {
        if (rival != null) {
            rival.beat(now, servers, this::told);
        }
        if (wanted && node == null && now.monoMillis() % 5_000 == 0) {
            start(now, new SplittableRandom(now.monoMillis()));
        }
        if (!awake(now)) {
            return;
        }
        untilPowerIsLost(() -> node.beat(now, servers, this::told));
    }

    private void untilPowerIsLost(Runnable work) {
        try {
            work.run();
        } catch (VirtualDisk.PowerLost killed) {
            kill();
        }
    }

    /* A reader of the log sees each offset once. */
    private void told(Told told) {
        Stream stream = told.event().stream();
        long expected = next.getOrDefault(stream, 0L);
        if (told.offset() < expected) {
            throw new Violation(
                    Violation.Invariant.I3, "offset " + told.offset() + " of " + stream + " is told again: " + told);
        }
        next.put(stream, told.offset() + 1);
        records.add(told);
    }

    /** We do not run for a while, and do not notice: garbage collection, SIGSTOP. */
    void stall(long untilSecond) {
        stalledUntil = Math.max(stalledUntil, untilSecond);
    }

    boolean alive() {
        return node != null;
    }

    boolean awake(Moment now) {
        return alive() && now.monoMillis() > stalledUntil * 1_000;
    }

    /** The number of our present life; 0 when there is none. */
    int life() {
        return alive() ? life : 0;
    }

    /** kill -9: all memory is gone; what was written stays. */
    void kill() {
        node = null;
        wanted = false;
    }

    VirtualDisk disk() {
        return disk;
    }

    /** A new process, which knows the log; a disk that refuses ends it, and it is started again every 5 s. */
    void start(Moment now, SplittableRandom power) {
        wanted = true;
        node = null;
        rival = null;
        disk.reboot(bytes -> bytes == 0 ? 0 : power.nextInt(bytes + 1));
        stalledUntil = 0;
        try {
            node = new VirtualNode(settings, disk, now);
            life++;
        } catch (IOException refused) {
            return;
        }
        wasToldIsLogged();
    }

    /** A second process on the same folder, while the first one lives. */
    void startAnother(Moment now) {
        try {
            rival = new VirtualNode(settings, disk, now);
        } catch (IOException refused) {
            rival = null; // which is what the lock is for
        } catch (VirtualDisk.PowerLost killed) {
            kill();
        }
    }

    void compact(Moment now) {
        if (alive()) {
            untilPowerIsLost(() -> node.log().compact(now.wall()));
        }
    }

    int waiting() {
        return alive() ? node.log().merging() : 0;
    }

    /* What was safe but not told before the end is found by who reads the files. */
    private void wasToldIsLogged() {
        Map<Stream, Long> wanted = Map.copyOf(next);
        VirtualLog.read(disk, wanted).forEach(this::told);
    }
}
