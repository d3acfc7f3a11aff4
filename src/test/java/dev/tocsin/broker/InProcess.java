package dev.tocsin.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;

/** Brokers in the JVM of the tests. */
final class InProcess {
    private InProcess() {}

    /* A port that is taken makes Kafka end the JVM without a word. In a test that is a failure, not the end. */
    static Broker start(Path folder, int port, Map<String, String> more) throws IOException {
        refuseToEnd();
        return Broker.start(folder, port, more);
    }

    static Broker start(BrokerSettings settings) throws IOException {
        refuseToEnd();
        return Broker.start(settings);
    }

    private static void refuseToEnd() {
        Exit.setExitProcedure(InProcess::refuse);
        Exit.setHaltProcedure(InProcess::refuse);
    }

    private static void refuse(int status, String message) {
        throw new IllegalStateException("Kafka wanted to end this JVM with " + status + ": " + message);
    }
}
