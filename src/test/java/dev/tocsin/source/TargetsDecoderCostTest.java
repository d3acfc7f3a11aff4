package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tocsin.health.Observation;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsDecoderCostTest {
    private static final int TARGETS = 2_000;
    private static final int CHUNK = 16 << 10;

    @Test
    void anUnchangedTargetAllocatesLittleMoreThanItsObservation() throws AnswerRefused {
        PrometheusTargets targets = Fixtures.targets();
        for (int i = 0; i < 5; i++) {
            Fixtures.decode(targets.decoder(), TargetAnswers.answer(TARGETS, i, i), CHUNK);
        }
        byte[] body = TargetAnswers.answer(TARGETS, 6, 6);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        List<Observation> observations = Fixtures.decode(targets.decoder(), body, CHUNK);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(observations).hasSize(TARGETS);
        assertThat(bytes / TARGETS).isLessThan(200);
    }
}
