package dev.tocsin.poll;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tocsin.config.Credentials;
import dev.tocsin.config.SourceConfig;
import dev.tocsin.config.TlsConfig;
import dev.tocsin.config.TraefikConfig;
import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.source.ToldLines;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The recorded stories happen to a real Traefik, where {@code -Dtest.traefik=PATH} names one, and are told as they were of the
 * recorded one: of each server, each finding and the source itself the same words in the same order. The seconds are its own.
 */
class LiveTraefikTest {
    private static final Map<String, Consumer<Story>> STORIES = Map.of(
            "reload-reset", LiveTraefikTest::reloadReset,
            "restart", LiveTraefikTest::restart,
            "broken-reload", LiveTraefikTest::brokenReload,
            "passive-stuck", LiveTraefikTest::passiveStuck,
            "server-removed", LiveTraefikTest::serverRemoved);

    @TestFactory
    Stream<DynamicTest> everyStoryOfALiveTraefikIsToldAsOfTheRecordedOne() {
        return LiveTraefik.binary().stream().flatMap(binary -> new TreeMap<>(STORIES)
                .entrySet().stream()
                        .map(story -> dynamicTest(story.getKey(), () -> {
                            try (Rig rig = new Rig();
                                    LiveTraefik traefik = new LiveTraefik(rig.vertx, binary)) {
                                Story told = new Story(rig, traefik);
                                story.getValue().accept(told);

                                Map<String, List<String>> expected = words(ToldLines.expected(story.getKey()));
                                expected.putAll(told.besides);
                                assertThat(words(told.lines()))
                                        .as(() -> String.join("\n", told.lines()))
                                        .isEqualTo(expected);
                                assertThat(rig.uncaught).isEmpty();
                            }
                        })));
    }

    private static void reloadReset(Story story) {
        LiveTraefik traefik = story.traefik;
        traefik.checked("payments", 22001, 22002)
                .checked("catalog", 22003, 22004)
                .service("legacy", Map.of(), 22003);
        story.begin();
        story.at(4, () -> {
            traefik.answers(22001, 0);
            traefik.answers(22002, 500);
            traefik.answers(22004, 0);
        });
        story.at(10, () -> traefik.router("more", "legacy", "Path(`/more`)").save());
        /* Not before a check has proven again those that are well. */
        story.at(21, () -> {
            traefik.repaired(22001);
            traefik.router("yet-more", "legacy", "Path(`/yet-more`)").save();
        });
        story.at(31, () -> {});
    }

    private static void restart(Story story) {
        LiveTraefik traefik = story.traefik;
        traefik.checked("checkout", 22011, 22012).checked("search", 22013);
        traefik.answers(22012, 0);
        traefik.answers(22013, 0);
        traefik.save();
        traefik.start();
        traefik.awaitServices("DOWN");
        story.watch();
        story.at(5, traefik::stop);
        story.at(9, traefik::start);
        story.at(20, () -> {});
    }

    private static void brokenReload(Story story) {
        LiveTraefik traefik = story.traefik;
        traefik.checked("checkout", 22021, 22022);
        story.begin();
        story.at(1, () -> traefik.save("http: {routers: ["));
        story.at(4, () -> traefik.answers(22022, 0));
        story.at(9, () -> traefik.router("checkout", "checkout", "Host(`").save());
        story.at(18, () -> traefik.save(""));
        story.at(21, () -> {
            traefik.repaired(22022);
            traefik.router("checkout", "checkout", "Host(`checkout`)").save();
        });
        story.at(32, () -> {});
        /* Its list of broken routers was not recorded. */
        story.besides("router_error {router=checkout@file}", "opens", "clears");
    }

    private static void passiveStuck(Story story) {
        LiveTraefik traefik = story.traefik;
        Runnable traffic = () -> {
            for (int request = 0; request < 8; request++) {
                traefik.request("reviews");
            }
        };
        traefik.service(
                        "reviews",
                        Map.of("passiveHealthCheck", Map.of("failureWindow", "4s", "maxFailedAttempts", 2)),
                        22031,
                        22032)
                .checked("catalog", 22033);
        story.begin();
        story.at(12, () -> {
            traefik.answers(22031, 500);
            traffic.run();
        });
        story.at(13, () -> {
            traefik.repaired(22031);
            traefik.router("more", "catalog", "Path(`/more`)").save();
        });
        story.at(24, traffic::run);
        story.at(28, () -> {});
    }

    private static void serverRemoved(Story story) {
        LiveTraefik traefik = story.traefik;
        traefik.checked("inventory", 22041, 22042, 22043)
                .checked("orders", 22041)
                .service("legacy", Map.of(), 22041);
        story.begin();
        story.at(1, () -> traefik.answers(22043, 0));
        story.at(5, () -> traefik.checked("inventory", 22041, 22042).save());
        story.at(10, () -> traefik.service("inventory", Map.of(), 22041, 22042).save());
        story.at(13, () -> traefik.answers(22042, 0));
        story.at(15, () -> traefik.withoutRouter("orders").save());
        story.at(18, () -> traefik.answers(22041, 0));
        story.at(20, () -> traefik.without("inventory").save());
        story.at(42, () -> {});
    }

    /** What was told, by whom it was told of. */
    private static Map<String, List<String>> words(List<String> lines) {
        return lines.stream()
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .collect(groupingBy(LiveTraefikTest::subject, HashMap::new, mapping(LiveTraefikTest::word, toList())));
    }

    private static String subject(String told) {
        return told.substring(0, Math.max(0, end(told)));
    }

    private static String word(String told) {
        return told.substring(end(told)).trim();
    }

    /* {@code job instance word..}, {@code kind {subject} word}, or the source's state alone. */
    private static int end(String told) {
        int brace = told.indexOf('}');
        int job = told.indexOf(' ');
        return brace >= 0 ? brace + 1 : job < 0 ? 0 : told.indexOf(' ', job + 1);
    }

    /** One who does something to a Traefik. */
    @FunctionalInterface
    private interface Act {
        void run() throws Exception;
    }

    /** A Traefik that is polled once a second, and what happens to it at some of these. Confined: the test's thread. */
    private static final class Story {
        private final Rig rig;
        private final LiveTraefik traefik;
        private final Map<String, List<String>> besides = new HashMap<>();

        Story(Rig rig, LiveTraefik traefik) {
            this.rig = rig;
            this.traefik = traefik;
        }

        /** Starts it with what it has been given to have, and the poller as soon as it has that. */
        void begin() {
            traefik.save();
            traefik.start();
            traefik.awaitServices("@file");
            watch();
        }

        void watch() {
            rig.poll(new SourceConfig(
                    new Source("edge-1", "edge-1", SourceKind.TRAEFIK),
                    URI.create(traefik.url()),
                    Duration.ofSeconds(1),
                    Rig.PATIENT,
                    new Credentials.None(),
                    TlsConfig.DEFAULT,
                    Map.of(),
                    null,
                    Map.of(),
                    null,
                    TraefikConfig.NONE));
        }

        void at(int second, Act act) {
            await().atMost(Duration.ofMinutes(1)).until(() -> rig.batches.size() > second);
            try {
                act.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        void besides(String subject, String... words) {
            besides.put(subject, List.of(words));
        }

        List<String> lines() {
            ToldLines told = new ToldLines();
            for (DeltaBatch batch : rig.batches) {
                told.add(batch.poll() - 1, batch);
            }
            List<String> lines = new ArrayList<>();
            told.lines().forEach(line -> lines.add(traefik.asInTheStories(line)));
            return lines;
        }
    }
}
