package dev.tocsin.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a scenario's file; tells all of its mistakes at once. Confined: one file. */
public final class ScenarioReader {
    private static final List<String> HEADINGS = List.of("title", "promise", "reference", "rows");

    /** What a line may begin with to let time pass; anything that does or expects something may follow on it. */
    static final List<Form> MOMENTS = List.of(
            new Form("at DURATION", (args, story) -> story.moment(args.span(0), false)),
            new Form("after DURATION", (args, story) -> story.moment(args.span(0), true)));

    static final List<Form> STEPS = Stream.of(CommandForms.ALL, TraefikForms.ALL, ExpectForms.ALL)
            .flatMap(List::stream)
            .toList();

    private final String file;
    private final Story story = new Story();
    private boolean begun;

    private ScenarioReader(String file) {
        this.file = file;
    }

    /** A file as it was read. @param scenario empty when there are mistakes */
    public record Read(Optional<Scenario> scenario, List<Mistake> mistakes) {}

    /** @param file as its writer names it */
    public static Read read(String file, String text) {
        ScenarioReader reader = new ScenarioReader(file);
        String[] lines = text.split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            List<Token> tokens = new ArrayList<>(Token.of(lines[i], i + 1));
            StringBuilder whole = new StringBuilder(lines[i].strip());
            while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).is("\\") && i + 1 < lines.length) {
                tokens.remove(tokens.size() - 1);
                whole.setLength(whole.length() - 1);
                tokens.addAll(Token.of(lines[++i], i + 1));
                whole.append(lines[i].strip());
            }
            reader.line(tokens, whole.toString());
        }
        reader.whole();
        return new Read(
                reader.story.mistakes.isEmpty() ? Optional.of(reader.scenario()) : Optional.empty(),
                List.copyOf(reader.story.mistakes));
    }

    private Scenario scenario() {
        return new Scenario(
                file,
                story.title,
                List.copyOf(story.promises),
                List.copyOf(story.rows),
                story.setting.finished(),
                List.copyOf(story.steps));
    }

    private void whole() {
        story.place = new Place(file, 1, 1);
        story.refuseUnless(!story.title.isEmpty(), "no title", "a line such as: title One of twenty refuses");
        story.refuseUnless(
                story.steps.stream().anyMatch(step -> step instanceof Step.Expect),
                "a story that expects nothing",
                "a line: expect ...");
    }

    private void line(List<Token> tokens, String text) {
        if (tokens.isEmpty()) {
            return;
        }
        Token first = tokens.get(0);
        story.place = new Place(file, first.line(), first.column());
        story.text = text;
        if (!begun && HEADINGS.contains(first.text())) {
            heading(first.text(), text.substring(first.text().length()).strip());
        } else {
            statement(new Cursor(tokens));
        }
    }

    private void heading(String word, String text) {
        switch (word) {
            case "title" -> story.title = text;
            case "rows" -> rows(text);
            default -> story.promises.add(word + ": " + text);
        }
    }

    private void rows(String text) {
        for (String row : text.split(" +")) {
            if (row.matches("F[0-9]{1,3}")) {
                story.rows.add(row);
            } else {
                story.refuse(row, "rows of failure modes such as F32 F47");
            }
        }
    }

    private void statement(Cursor cursor) {
        boolean moment = cursor.sees("at") || cursor.sees("after");
        begun |= moment;
        boolean fine = !moment || take(MOMENTS, cursor, false);
        if (!begun) {
            cursor.refuse("at", List.of("at", "after")); // the story may as well begin here
        }
        if (fine && (!moment || !cursor.ended())) {
            fine = take(begun ? STEPS : SettingForms.ALL, cursor, true);
        }
        if (!fine) {
            story.mistakes.add(cursor.mistake(file));
        }
    }

    private boolean take(List<Form> forms, Cursor cursor, boolean whole) {
        for (Form form : forms) {
            Cursor own = cursor.fork();
            Optional<Args> args = form.read(own, story);
            if (args.isPresent() && (!whole || own.end())) {
                form.take(args.get(), story);
                cursor.join(own);
                return true;
            }
            cursor.learn(own);
        }
        return false;
    }

    /** All forms, as the documentation has them. */
    static List<String> patterns() {
        return Stream.of(MOMENTS, SettingForms.ALL, STEPS)
                .flatMap(List::stream)
                .map(form -> form.pattern)
                .toList();
    }
}
