package dev.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The log as it ships, on stderr. */
class LogLineTest {
    @Test
    void aHostileFactAndATraceStayOnOneLine() throws Exception {
        PrintStream stderr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        try {
            System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
            JoranConfigurator configuration = new JoranConfigurator();
            configuration.setContext(context);
            configuration.doConfigure(getClass().getResource("/logback.xml"));

            context.getLogger("dev.tocsin.poll.Poller")
                    .atError()
                    .addKeyValue("source", "a\n01:02:03 ERROR fake\u001b[31m\u2028x")
                    .setCause(new IllegalStateException("broken\nline"))
                    .log("a poll broke");
        } finally {
            context.stop();
            System.setErr(stderr);
        }

        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.strip())
                .matches("\\S+ ERROR Poller - a poll broke source=\"a\\?01:02:03 ERROR fake\\?\\[31m\\?x\".*")
                .contains("IllegalStateException: broken | line | ")
                .contains("LogLineTest");
    }
}
