package dev.tocsin;

import dev.tocsin.cli.Stdout;
import dev.tocsin.cli.Stopping;
import dev.tocsin.cli.TocsinCommand;
import dev.tocsin.config.ConfigLoader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The program. */
public final class Main {
    private static final int CANNOT_GO_ON = 1;

    private Main() {}

    public static void main(String[] args) {
        ConfigLoader loader =
                new ConfigLoader(System.getenv(), hostName(), Path.of("").toAbsolutePath());
        /* The stream itself: System.out swallows errors, so a full disk would go unnoticed. */
        Stdout stdout = new Stdout(new FileOutputStream(FileDescriptor.out));
        Stopping stopping = stop -> Signals.on(stop, () -> Runtime.getRuntime().halt(CANNOT_GO_ON));
        int status = TocsinCommand.commandLine(loader, new MonitorProcess(), stopping, System.getenv())
                .setOut(stdout.writer())
                .execute(args);
        System.exit(stdout.close(status, System.err));
    }

    /* The kernel's name first: it needs no name service, and it is part of the identity of outages of the whole node. */
    private static String hostName() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            if (!name.isEmpty()) {
                return name;
            }
        } catch (IOException e) {
            /* not Linux */
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
