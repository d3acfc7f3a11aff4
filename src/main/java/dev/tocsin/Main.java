package dev.tocsin;

import dev.tocsin.cli.TocsinCommand;
import dev.tocsin.config.ConfigLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The program. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        ConfigLoader loader =
                new ConfigLoader(System.getenv(), hostName(), Path.of("").toAbsolutePath());
        System.exit(TocsinCommand.commandLine(loader, new MonitorProcess(), System.getenv())
                .execute(args));
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
