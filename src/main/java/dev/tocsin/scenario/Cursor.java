package dev.tocsin.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A place in a line while forms are tried on it, and what was wanted at the furthest place reached. Confined: its reader. */
final class Cursor {
    private final List<Token> tokens;
    private int at;
    private int furthest;
    private final List<String> wants = new ArrayList<>();
    private final Set<String> known = new TreeSet<>();

    Cursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Another one here, for a form that may turn out not to be this line's. */
    Cursor fork() {
        Cursor fork = new Cursor(tokens);
        fork.at = at;
        return fork;
    }

    /** Goes on from where a fork is. */
    void join(Cursor fork) {
        at = fork.at;
    }

    /** Takes over what a fork wanted and did not get. */
    void learn(Cursor fork) {
        if (fork.furthest > furthest) {
            furthest = fork.furthest;
            wants.clear();
            known.clear();
        }
        if (fork.furthest == furthest) {
            fork.wants.stream().filter(want -> !wants.contains(want)).forEach(wants::add);
            known.addAll(fork.known);
        }
    }

    /** Whether the line is at its end, which is wanted. */
    boolean end() {
        if (!ended()) {
            refuse("the end of the line", List.of());
        }
        return ended();
    }

    boolean ended() {
        return at == tokens.size();
    }

    boolean sees(String word) {
        return !ended() && tokens.get(at).is(word);
    }

    /** The next word, not taken; null at the end of the line. */
    @Nullable
    Token peek() {
        return ended() ? null : tokens.get(at);
    }

    void skip() {
        at++;
    }

    /** Takes the next word when it is that one. */
    boolean take(String word) {
        boolean taken = sees(word);
        at += taken ? 1 : 0;
        return taken;
    }

    /** Notes what was wanted here, and that it did not come. @param words that it could have been, to guess from */
    <T> Optional<T> refuse(String want, Collection<String> words) {
        if (at > furthest) {
            furthest = at;
            wants.clear();
            known.clear();
        }
        if (at == furthest && !wants.contains(want)) {
            wants.add(want);
            known.addAll(words);
        }
        return Optional.empty();
    }

    Mistake mistake(String file) {
        boolean end = furthest == tokens.size();
        Token token = tokens.get(end ? furthest - 1 : furthest);
        String got = end ? "the end of the line" : token.text();
        int column = token.column() + (end ? token.text().length() + (token.quoted() ? 2 : 0) : 0);
        String guess = end
                ? ""
                : Nearest.to(got, known)
                        .map(word -> "; did you mean " + word + "?")
                        .orElse("");
        return new Mistake(new Place(file, token.line(), column), got, String.join(", ", wants) + guess);
    }
}
