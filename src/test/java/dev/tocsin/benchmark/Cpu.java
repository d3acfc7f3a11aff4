package dev.tocsin.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process has had of the processors: unlike time on the wall, the same on a busy machine. */
public final class Cpu {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Cpu() {}

    /** Nanoseconds of the thread that asks; no collector, no compiler. */
    static long ofThisThread() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Nanoseconds, in steps of 10 ms, of all threads so far, those of the collector and the compiler included. */
    public static long nanos() {
        return SYSTEM.getProcessCpuTime();
    }
}
