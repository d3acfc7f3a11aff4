package dev.tocsin.bugs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Plays one of our own tests, or one scenario, against a mutant. */
final class Directed {
    private static final String LASTS_AT_MOST = "60 s"; // a bug may make it wait for ever

    private static final String SCENARIO = "scenario ";

    private Directed() {}

    /**
     * How the test fails; empty when it passes.
     *
     * @param test as {@code dev.tocsin.outage.RulesTest#idsAreDistinct} or {@code scenario outage/a-rollout-opens-nothing}
     */
    static String failure(Mutant mutant, String test) throws ReflectiveOperationException {
        return test.startsWith(SCENARIO) ? ofScenario(mutant, test.substring(SCENARIO.length())) : ofTest(mutant, test);
    }

    private static String ofScenario(Mutant mutant, String name) throws ReflectiveOperationException {
        Class<?> player = mutant.loadClass("dev.tocsin.simulation.ScenarioTest");
        Constructor<?> made = player.getDeclaredConstructor();
        Method play = player.getDeclaredMethod("itIsToldAsTheScenarioSays", Path.class);
        made.setAccessible(true);
        play.setAccessible(true);
        try {
            play.invoke(made.newInstance(), Path.of(name + ".scenario"));
            return "";
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException) {
                throw new IllegalArgumentException("no " + SCENARIO + name, e);
            }
            return String.valueOf(e.getCause());
        }
    }

    private static String ofTest(Mutant mutant, String test) throws ReflectiveOperationException {
        String[] parts = test.split("#", 2);
        Class<?> of = mutant.loadClass(parts[0]);
        Method method = Arrays.stream(of.getDeclaredMethods())
                .filter(each -> each.getName().equals(parts[1]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no test " + test));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(of, method))
                .configurationParameter("junit.jupiter.execution.timeout.default", LASTS_AT_MOST)
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .build();
        SummaryGeneratingListener seen = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, seen);
        TestExecutionSummary summary = seen.getSummary();
        if (summary.getTestsFoundCount() == 0 && summary.getTotalFailureCount() == 0) {
            throw new IllegalArgumentException("nothing was played of " + test);
        }
        return summary.getFailures().stream()
                .findFirst()
                .map(failure -> String.valueOf(failure.getException()))
                .orElse("");
    }
}
