package dev.tocsin.e2e;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --kafka embedded} and a reader beside it, with nothing installed. */
final class EmbeddedKafkaIT {
    private static final Pattern AT = Pattern.compile("kafka: broker at (127\\.0\\.0\\.1:[0-9]+)");

    @RegisterExtension
    final World world = World.of(1);

    @TempDir
    Path folder;

    @Test
    void whatIsToldIsInItsKafkaAndFollowReadsIt() throws IOException {
        world.serve(Map.of("checkout", 4, "node", 8));
        Path err = folder.resolve("err.txt");
        Child run = Child.start(
                "tocsin",
                TocsinProcess.command(
                        "run",
                        "--kafka",
                        "embedded",
                        "--prometheus",
                        world.server().url()),
                folder,
                err,
                ProcessBuilder.Redirect.DISCARD);
        Path told = folder.resolve("told.txt");
        Child follow = null;
        try {
            Awaitility.await("the broker's address").atMost(ofSeconds(60)).until(() -> at(err).find());
            Matcher address = at(err);
            assertThat(address.find()).isTrue();
            Awaitility.await("progress").atMost(ofSeconds(60)).until(() -> Files.readString(err)
                    .contains("1 of 1 source answered"));
            world.job("checkout").forEach(Exporter::refuse);
            Awaitility.await("the topics").atMost(ofSeconds(60)).until(() -> Files.readString(err)
                    .contains("Kafka takes our records"));
            follow = Child.start(
                    "follow",
                    TocsinProcess.command("follow", "--kafka", address.group(1), "--streams", "outages,health"),
                    folder,
                    folder.resolve("follow-err.txt"),
                    ProcessBuilder.Redirect.to(told.toFile()));
            Awaitility.await("an outage of checkout, read from Kafka")
                    .atMost(ofSeconds(90))
                    .until(() -> Files.readString(told).contains("checkout"));

            follow.signal("INT");
            assertThat(follow.exitCode(ofSeconds(10))).isZero();
            run.signal("TERM");
            assertThat(run.exitCode(ofSeconds(20))).isZero();
            assertThat(run.process().descendants()).isEmpty();
        } finally {
            if (follow != null) {
                follow.process().destroyForcibly();
            }
            run.process().destroyForcibly();
        }
    }

    private static Matcher at(Path err) throws IOException {
        return AT.matcher(Files.exists(err) ? Files.readString(err) : "");
    }
}
