package dev.tocsin.e2e;

import dev.tocsin.image.Container;
import dev.tocsin.image.Dockerfile;
import dev.tocsin.image.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/**
 * A tree laid out like the image, by the commands of its Dockerfile, and a root of its own for what runs in it: a mount
 * namespace in which nothing but {@code /data} and {@code /tmp} can be written to. The system's own files are those of
 * this machine. Confined: the test.
 */
final class ImageRoot {
    /* $1 is the folder of the tree; what follows is run in it, as root, before the root is closed. */
    private static final String LAY_OUT = """
            set -eu
            tree=$1 root=$1/root java=$2 user=$3
            mount --make-rprivate /
            mount -t tmpfs -o mode=755,size=32m image "$root"
            cd "$root"
            mkdir -p usr etc opt/java opt/tocsin data proc dev jdk
            mkdir -m 1777 tmp
            for link in bin lib lib32 lib64 libx32 sbin; do
              if [ -L /$link ]; then cp -P /$link .; fi
            done
            for file in hosts resolv.conf nsswitch.conf ld.so.cache alternatives java-17-openjdk ssl; do
              if [ -e /etc/$file ]; then cp -a /etc/$file etc/; fi
            done
            cp -a "$tree/etc/tocsin" etc/
            mount --rbind /proc proc
            mount --rbind /dev dev
            mount -t tmpfs -o mode=1777,size=16m,noexec,nosuid,nodev tmp tmp
            for bound in "/usr usr" "$java jdk" "$tree/opt/java opt/java"; do
              mount --bind $bound
              mount -o remount,bind,ro "$root/${bound#* }"
            done
            mount --bind "$tree/opt/tocsin" opt/tocsin
            mount --bind "$tree/data" data
            """;
    private static final String CLOSE = """
            chown "$user" "$tree/data"
            mount -o remount,bind,ro "$root/opt/tocsin"
            mount -o remount,ro "$root"
            echo $$ > "$tree/pid"
            """;

    private final Dockerfile file = Dockerfile.read();
    private final Container container = file.container();
    private final Path tree;

    ImageRoot(Path tree) {
        this.tree = tree;
    }

    /** Builds it: the runtime, what is copied, the archive. */
    ImageRoot build() {
        try {
            for (String folder : List.of("root", "data", "opt/tocsin", "etc/tocsin")) {
                Files.createDirectories(tree.resolve(folder));
            }
            Files.copy(TocsinProcess.jar(), tree.resolve("opt/tocsin/tocsin.jar"), StandardCopyOption.COPY_ATTRIBUTES);
            Files.copy(
                    Path.of("docker/healthy"), tree.resolve("opt/tocsin/healthy"), StandardCopyOption.COPY_ATTRIBUTES);
            Files.copy(Path.of("docker/Archive.java"), tree.resolve("opt/tocsin/Archive.java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        link();
        rehearse();
        return this;
    }

    Container container() {
        return container;
    }

    Path data() {
        return tree.resolve("data");
    }

    /** The folder that is {@code /etc/tocsin} in the container. */
    Path etc() {
        return tree.resolve("etc/tocsin");
    }

    /** The modules that the runtime is linked from. */
    List<String> modules() {
        return List.of(stage("jdk").arguments().get("MODULES").split(","));
    }

    /** Starts what a container runs, with more variables than the image sets. */
    Child start(Map<String, String> more) {
        Path said = tree.resolve("stderr.txt");
        List<String> variables = new ArrayList<>();
        container.environment().forEach((name, value) -> variables.add(name + "=" + value));
        more.forEach((name, value) -> variables.add(name + "=" + value));
        List<String> command = new ArrayList<>(List.of("chroot", "root"));
        command.addAll(asUser());
        command.addAll(List.of("env", "-i", "-C", container.folder()));
        command.addAll(variables);
        command.addAll(container.command());
        return Child.start(
                "the image",
                inside(CLOSE, command),
                tree,
                said,
                ProcessBuilder.Redirect.to(tree.resolve("stdout.txt").toFile()));
    }

    String stderr() {
        return Child.tail(tree.resolve("stderr.txt"), 40);
    }

    /** The process that runs in it, also where it was started by sudo. */
    String pid() {
        try {
            return Files.readString(tree.resolve("pid")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void signal(String signal) {
        Command.run(Command.asRoot("kill", "-" + signal, pid()));
    }

    /** Runs a command in the container, as its engine does with a healthcheck. */
    Command exec(List<String> command) {
        List<String> all = new ArrayList<>(List.of(Command.asRoot("nsenter", "--target", pid(), "--mount", "--root")));
        all.addAll(asUser());
        all.addAll(command);
        return Command.of(all);
    }

    private List<String> asUser() {
        String[] ids = container.user().split(":");
        return List.of(
                "setpriv",
                "--reuid=" + ids[0],
                "--regid=" + ids[1],
                "--clear-groups",
                "--no-new-privs",
                "--inh-caps=-all",
                "--bounding-set=-all");
    }

    private Stage stage(String name) {
        return file.stage(name).orElseThrow();
    }

    private void link() {
        Stage jdk = stage("jdk");
        List<String> words = jdk.only("RUN", "jlink").words(jdk.arguments());
        String[] arguments = words.stream()
                .skip(1)
                .map(word -> word.equals("/opt/java") ? tree.resolve("opt/java").toString() : word)
                .toArray(String[]::new);
        int code = ToolProvider.findFirst("jlink").orElseThrow().run(System.out, System.err, arguments);
        if (code != 0) {
            throw new AssertionError(String.join(" ", words) + " ended with " + code);
        }
    }

    /* The builder mounts Archive.java at the root; here it lies beside the jar, which the root is not closed for yet. */
    private void rehearse() {
        List<String> command = new ArrayList<>(List.of("chroot", "root"));
        command.addAll(stage("archive").only("RUN", "/jdk/bin/java").words().stream()
                .map(word -> word.equals("/Archive.java") ? "/opt/tocsin/Archive.java" : word)
                .toList());
        Command.run(inside("", command).toArray(String[]::new));
    }

    private List<String> inside(String close, List<String> command) {
        String script = LAY_OUT + close + "shift 3\ncd \"$tree\"\nexec \"$@\"\n";
        List<String> all = new ArrayList<>(List.of(Command.asRoot("unshare", "--mount", "sh", "-c", script, "sh")));
        all.addAll(List.of(tree.toString(), System.getProperty("java.home"), container.user()));
        all.addAll(command);
        return all;
    }
}
