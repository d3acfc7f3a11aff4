package dev.tocsin.source;

import dev.tocsin.health.DeltaBatch;
import dev.tocsin.health.Finding;
import dev.tocsin.health.Health;
import dev.tocsin.health.HealthDelta;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What is told of a story, line by line: {@code second<TAB>what}. Confined: one test. */
public final class ToldLines {
    private final List<String> lines = new ArrayList<>();
    private String state = "";

    /** What should be told, each line with the fact that it rests on. */
    public static List<String> expected(String story) throws IOException {
        return Files.readAllLines(Tape.folder(story).resolve("expected.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .filter(cells -> cells[0].equals(story))
                .map(cells -> cells[1] + "\t" + cells[2])
                .toList();
    }

    public void add(long second, DeltaBatch batch) {
        if (!batch.state().text().equals(state)) {
            state = batch.state().text();
            lines.add(second + "\t" + state);
        }
        TreeSet<String> sorted = new TreeSet<>();
        for (HealthDelta delta : batch.deltas()) {
            sorted.add(second + "\t" + delta.target().job() + " "
                    + delta.target().instance() + " " + word(delta.to().health()));
        }
        for (Finding finding : batch.findings()) {
            sorted.add(second + "\t" + finding.kind().text() + " " + finding.subject() + " "
                    + (finding.open() ? "opens" : "clears"));
        }
        lines.addAll(sorted);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    private static String word(Health health) {
        if (health instanceof Health.Unknown unknown) {
            return "unknown " + unknown.why().text();
        }
        return health instanceof Health.Gone gone ? "gone " + gone.why().text() : health.text();
    }
}
