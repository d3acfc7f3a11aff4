package dev.tocsin.broker;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;

/**
 * Gives a test the {@link SharedKafka} that it has as a parameter. {@code -Dtest.kafka=auto|docker|embedded}: a container,
 * or a node in this JVM; {@code auto}, the default, is the container where a Docker engine answers. The choice is printed,
 * and nothing is skipped. Started for the first who asks, stopped after the last test. Thread-safe: JUnit's store is.
 */
public final class TestKafka implements ParameterResolver {
    private static final String CHOICE = "test.kafka";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SharedKafka.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(SharedKafka.class, type -> start(), SharedKafka.class);
    }

    private static SharedKafka start() {
        String choice = System.getProperty(CHOICE, "auto");
        SharedKafka kafka =
                switch (choice) {
                    case "docker" -> new ContainerKafka();
                    case "embedded" -> new InProcessKafka();
                    case "auto" ->
                        DockerClientFactory.instance().isDockerAvailable()
                                ? new ContainerKafka()
                                : new InProcessKafka();
                    default ->
                        throw new IllegalArgumentException(
                                CHOICE + ": got " + choice + ", want auto, docker or embedded");
                };
        System.out.println(CHOICE + "=" + choice + ": " + kafka);
        return kafka;
    }
}
