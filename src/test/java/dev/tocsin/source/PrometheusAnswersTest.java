package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tocsin.health.SourceState.Why;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusAnswersTest {
    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void runtimeinfoTellsStartReloadAndTime() throws AnswerRefused {
        RuntimeFacts old = Fixtures.decode(
                PrometheusAnswers.runtimeInfo(), Fixtures.bytes("prometheus-2.42/_api-status-runtimeinfo.json"), 7);
        RuntimeFacts failed = Fixtures.decode(
                PrometheusAnswers.runtimeInfo(), Fixtures.bytes("prometheus-3/_runtimeinfo-reload-failed.json"));

        assertThat(old)
                .isEqualTo(new RuntimeFacts(
                        Instant.parse("2026-11-20T05:05:39.001Z"), true, Instant.parse("2026-11-20T05:05:39Z"), null));
        assertThat(failed.reloadSucceeded()).isFalse();
        assertThat(failed.serverTime()).isNotNull();
    }

    @Test
    void agentsAnswerTheSameQuestions() throws AnswerRefused {
        for (String version : List.of("", "@3.14")) {
            assertThat(Fixtures.decode(
                                    PrometheusAnswers.runtimeInfo(),
                                    Fixtures.bytes("prometheus-3/_agent-runtimeinfo" + version + ".json"))
                            .startTime())
                    .isNotNull();
            assertThat(Fixtures.decode(
                            PrometheusAnswers.scrapePools(),
                            Fixtures.bytes("prometheus-3/_agent-scrape_pools" + version + ".json")))
                    .isNotEmpty()
                    .isSorted();
            assertThat(Fixtures.decode(
                            PrometheusAnswers.walReplay(),
                            Fixtures.bytes("prometheus-3/_agent-walreplay" + version + ".json")))
                    .isNotNull();
            assertThat(Fixtures.decode(Fixtures.bytes("prometheus-3/_agent-targets" + version + ".json")))
                    .isNotNull();
        }
    }

    @Test
    void poolsAreEmptyForAWhileAfterAStart() throws AnswerRefused {
        assertThat(Fixtures.decode(
                        PrometheusAnswers.scrapePools(),
                        Fixtures.bytes("prometheus-2.42/_startup-scrape_pools-empty.json")))
                .isEmpty();
    }

    @Test
    void droppedCountsAreToldSince247AndByDroppedOnly() throws AnswerRefused {
        assertThat(Fixtures.decode(
                                PrometheusAnswers.droppedCounts(),
                                Fixtures.bytes("prometheus-3/_api-targets-pool-dropall.json"))
                        .byPool())
                .isNotEmpty();
        assertThat(Fixtures.decode(
                                PrometheusAnswers.droppedCounts(),
                                json(
                                        "{'status':'success','data':{'droppedTargets':[],'droppedTargetCounts':{'a':0,'b':7}}}"))
                        .byPool())
                .isEqualTo(Map.of("a", 0, "b", 7));
        assertThat(Fixtures.decode(PrometheusAnswers.droppedCounts(), Fixtures.bytes("prometheus-2.42/ok.json"))
                        .byPool())
                .isNull();
    }

    @Test
    void walReplayTellsItsProgress() throws AnswerRefused {
        WalReplay replay = Fixtures.decode(
                PrometheusAnswers.walReplay(), json("{'status':'success','data':{'min':3,'max':12,'current':7}}"));

        assertThat(replay.progress()).isEqualTo("replaying WAL segment 5 of 10");
        assertThat(new WalReplay(0, 0, 0).progress()).isEqualTo("replaying WAL segment 1 of 1");
        assertThat(new WalReplay(5, 0, 900).progress()).isEqualTo("replaying WAL segment 1 of 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "3",
                "<html>",
                "{}",
                "{'status':'success'}",
                "{'status':'success','data':[]}",
                "{'status':'success','data':'x'}",
                "{'status':'success','data':{}} {}",
                "{'status':3,'data':{}}",
                "{'status':'success','data':{'a':1,'a':2}}",
                "{'status':'error','errorType':'x','error':'y'}",
                "{'status':'success','data':{'scrapePools':[1],'min':'x','droppedTargetCounts':[1]}}",
                "{'status':'success','data':{'scrapePools':{},'min':-1,'droppedTargetCounts':{'a':'x'}}}"
            })
    void hostileAnswersAreRefused(String body) {
        List<Supplier<BodyDecoder<?>>> decoders = List.of(PrometheusAnswers::scrapePools, PrometheusAnswers::walReplay);
        for (Supplier<BodyDecoder<?>> decoder : decoders) {
            AnswerRefused refused =
                    catchThrowableOfType(AnswerRefused.class, () -> Fixtures.decode(decoder.get(), json(body)));
            assertThat(refused).as(body).isNotNull();
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Test
    void anAnswerCutAtAnyByteIsRefused() {
        byte[] body = Fixtures.bytes("prometheus-2.42/_api-status-runtimeinfo.json");

        for (int length = 0; length < body.length; length++) {
            byte[] cut = Arrays.copyOf(body, length);
            assertThat(catchThrowableOfType(
                            AnswerRefused.class, () -> Fixtures.decode(PrometheusAnswers.runtimeInfo(), cut)))
                    .isNotNull();
        }
    }

    @Test
    void anAnswerThatIsTooLongIsALimit() {
        byte[] body = json("{'status':'success','data':{'startTime':'" + "x".repeat(100_000) + "'}}");

        AnswerRefused refused = catchThrowableOfType(
                AnswerRefused.class, () -> Fixtures.decode(PrometheusAnswers.runtimeInfo(), body, 1_000));

        assertThat(refused.why()).isEqualTo(Why.LIMIT);
    }

    @Test
    void theTextOfReadinessIsCutAndNeverRefused() throws AnswerRefused {
        byte[] body = ("Prometheus Agent is Ready.\n\u0007" + "x".repeat(5_000)).getBytes(StandardCharsets.UTF_8);

        assertThat(Fixtures.decode(PrometheusAnswers.text(), body, 100))
                .startsWith("Prometheus Agent is Ready. x")
                .hasSizeLessThanOrEqualTo(1_024);
    }
}
