package dev.tocsin.scenario;

import dev.tocsin.scenario.Told.Stream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a monitor has told in a story, and what of it was expected. Confined: the player. */
final class Heard {
    private final List<Told> all = new ArrayList<>();
    /** Of whom a stream tells. */
    private record Key(Stream stream, Subject subject) {}

    private final Map<Key, List<Integer>> bySubject = new HashMap<>();
    private final BitSet expected = new BitSet();
    private final Map<Key, Integer> next = new HashMap<>();

    /** The number of the record that was expected last. */
    private int lastExpected = -1;

    void take(List<Told> told) {
        for (int i = all.size(); i < told.size(); i++) {
            all.add(told.get(i));
            Key key = new Key(told.get(i).stream(), told.get(i).subject());
            bySubject.computeIfAbsent(key, of -> new ArrayList<>()).add(i);
        }
    }

    int size() {
        return all.size();
    }

    List<Told> since(int from) {
        return all.subList(from, all.size());
    }

    Optional<Told> last(Stream stream, Subject subject) {
        List<Integer> of = bySubject.getOrDefault(new Key(stream, subject), List.of());
        return of.isEmpty() ? Optional.empty() : Optional.of(all.get(of.get(of.size() - 1)));
    }

    /** The records about a subject that come after those that were expected, by their numbers. */
    List<Integer> unexpected(Stream stream, Subject subject) {
        int from = next.getOrDefault(new Key(stream, subject), 0);
        return bySubject.getOrDefault(new Key(stream, subject), List.of()).stream()
                .filter(number -> number >= from)
                .toList();
    }

    Told get(int number) {
        return all.get(number);
    }

    boolean afterLastExpected(int number) {
        return number > lastExpected;
    }

    void expect(Stream stream, Subject subject, int number) {
        unexpected(stream, subject).stream().filter(each -> each <= number).forEach(expected::set);
        next.put(new Key(stream, subject), number + 1);
        lastExpected = number;
    }

    /** Outages that were opened or ended, and findings that were opened, without being expected. */
    List<Told> neverExpected() {
        return IntStream.range(0, all.size())
                .filter(number -> !expected.get(number))
                .mapToObj(all::get)
                .filter(told -> told.stream() == Stream.OUTAGE && !told.is("changed")
                        || told.stream() == Stream.FINDING && told.is("opened"))
                .toList();
    }

    Set<String> outageIds(Optional<Subject> subject) {
        Set<String> ids = new HashSet<>();
        all.stream()
                .filter(told -> told.stream() == Stream.OUTAGE)
                .filter(told -> subject.map(told.subject()::equals).orElse(true))
                .forEach(told -> ids.add(told.id()));
        return ids;
    }

    /** Records of outages that do not follow the one before of their id: versions 1, 2, 3 ..., none after an end. */
    List<Told> broken() {
        Map<String, Told> before = new HashMap<>();
        return all.stream()
                .filter(told -> told.stream() == Stream.OUTAGE)
                .filter(told -> !follows(before.put(told.id(), told), told))
                .toList();
    }

    private static boolean follows(@Nullable Told before, Told told) {
        String version = told.facts().getOrDefault(Fact.VERSION, "");
        return before == null
                ? told.is("opened") && version.equals("1")
                : before.open()
                        && !told.is("opened")
                        && version.equals(
                                "" + (1 + Integer.parseInt(before.facts().getOrDefault(Fact.VERSION, "0"))));
    }

    /** The outages that are open. */
    List<Told> open() {
        return bySubject.keySet().stream()
                .filter(key -> key.stream() == Stream.OUTAGE)
                .flatMap(key -> last(key.stream(), key.subject()).stream())
                .filter(Told::open)
                .toList();
    }
}
