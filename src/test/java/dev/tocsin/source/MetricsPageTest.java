package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsPageTest {
    private static final String PAGE = """
            # HELP m a metric
            m{a="plain",b="x=\\"1\\",y"} 1
            m{a="back\\\\",b="two\\nlines"} 2
            other{a="1"} 3
            m{a="%s"} 4
            m{a="open} 5
            m{a="open\\"} 6
            m 7.5e+1 1700000000000
            m{} no number
            m{c="last"} 8""".formatted("x".repeat(9_000));

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 20_000})
    void linesOfInterestAreReadHoweverThePageIsCut(int chunk) throws AnswerRefused {
        SelfMetrics metrics = read(PAGE, chunk);

        assertThat(metrics.of("m"))
                .isEqualTo(List.of(
                        new Sample(Map.of("a", "plain", "b", "x=\"1\",y"), 1),
                        new Sample(Map.of("a", "back\\", "b", "two\nlines"), 2),
                        new Sample(Map.of(), 75),
                        new Sample(Map.of("c", "last"), 8)));
        assertThat(metrics.of("other")).isEmpty();
    }

    @Test
    void ofTheSecondReadingOfARoundOnlyReloadsAreKept() throws AnswerRefused {
        byte[] page = Fixtures.bytes("traefik/v3.7.9/rich/metrics.txt");
        TraefikMetrics first = Fixtures.decode(TraefikAnswers.metrics(new TraefikMemo()), page);
        TraefikMetrics second = Fixtures.decode(TraefikAnswers.reloads(new TraefikMemo()), page);

        assertThat(second.reloads()).isEqualTo(first.reloads());
        assertThat(first.hasGauges()).isTrue();
        assertThat(second.hasGauges()).isFalse();
    }

    private static SelfMetrics read(String page, int chunk) throws AnswerRefused {
        return Fixtures.decode(new MetricsPage("m"::equals), page.getBytes(StandardCharsets.UTF_8), chunk);
    }
}
