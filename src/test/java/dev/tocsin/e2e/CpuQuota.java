package dev.tocsin.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** A control group in which a process gets a share of one CPU. Confined: the test. */
final class CpuQuota implements AutoCloseable {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final int PERIOD_MICROS = 100_000;

    private final boolean unified = Files.exists(ROOT.resolve("cgroup.controllers"));
    private final Path group;
    private final Thread atExit = new Thread(this::remove);

    CpuQuota(long pid, int percent) {
        Path cpu = unified ? ROOT : ROOT.resolve("cpu");
        group = cpu.resolve("tocsin-test-" + pid);
        Command.run(Command.asRoot("mkdir", group.toString()));
        Runtime.getRuntime().addShutdownHook(atExit);
        int micros = PERIOD_MICROS * percent / 100;
        if (unified) {
            write("cpu.max", micros + " " + PERIOD_MICROS);
        } else {
            write("cpu.cfs_period_us", Integer.toString(PERIOD_MICROS));
            write("cpu.cfs_quota_us", Integer.toString(micros));
        }
        write("cgroup.procs", Long.toString(pid));
    }

    /** How many periods it has used up before they ended. */
    long throttled() {
        return Command.run("cat", group.resolve("cpu.stat").toString())
                .lines()
                .filter(line -> line.startsWith("nr_throttled "))
                .mapToLong(line -> Long.parseLong(line.substring("nr_throttled ".length())))
                .sum();
    }

    private void write(String file, String value) {
        Command.run(Command.asRoot("sh", "-c", "echo " + value + " > " + group.resolve(file)));
    }

    /* Who is in it, if anybody still is, goes back to where all are. */
    private void remove() {
        String procs = group.resolve("cgroup.procs").toString();
        Command.run(Command.asRoot(
                "sh",
                "-c",
                "for p in $(cat " + procs + "); do echo $p > " + group.resolveSibling("cgroup.procs") + "; done; rmdir "
                        + group));
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        remove();
    }
}
