package dev.tocsin.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of its own, with a loopback that loses packets: it lives as long as a process in it, so nothing of it can be
 * left behind. Confined: the test.
 */
final class Namespace implements AutoCloseable {
    private static final String RULES = """
            table inet loss {
              chain in {
                type filter hook input priority 0; policy accept;
                meta l4proto tcp numgen random mod 100 < %d counter drop
              }
            }
            """;

    private final Child holder;

    Namespace(Path folder) {
        List<String> command = new ArrayList<>(List.of("unshare", "--net"));
        command.addAll(Command.root() ? List.of() : List.of("--user", "--map-root-user"));
        command.add("cat");
        holder = Child.talking(
                "namespace", command, folder, folder.resolve("namespace.txt"), ProcessBuilder.Redirect.PIPE);
        holder.tell("are you in?");
        /* As a wire has it: at 64 KiB a whole answer is one packet. */
        run(Tool.IP.path(), "link", "set", "lo", "mtu", "1500", "up");
    }

    /** Loses that share of the TCP packets of each direction from now on, by chance. */
    void lose(int percent) {
        run(
                "sh",
                "-c",
                Tool.NFT.path() + " flush ruleset; echo '" + RULES.formatted(percent) + "' | " + Tool.NFT.path()
                        + " -f -");
    }

    /** How many packets it has lost since it was told to. */
    long lost() {
        return Long.parseLong(
                run(Tool.NFT.path(), "list", "ruleset").replaceAll("(?s).*counter packets (\\d+).*", "$1"));
    }

    /** What a process is started under to be in it. */
    String[] command() {
        List<String> command = new ArrayList<>(
                List.of("nsenter", "--target", Long.toString(holder.process().pid()), "--net"));
        command.addAll(Command.root() ? List.of() : List.of("--user", "--preserve-credentials"));
        return command.toArray(String[]::new);
    }

    private String run(String... command) {
        List<String> inside = new ArrayList<>(List.of(command()));
        inside.addAll(List.of(command));
        return Command.run(inside.toArray(String[]::new));
    }

    @Override
    public void close() {
        holder.killAndWait();
    }
}
