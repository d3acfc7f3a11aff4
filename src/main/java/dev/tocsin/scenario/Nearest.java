package dev.tocsin.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that a mistyped one most likely meant. */
final class Nearest {
    private Nearest() {}

    static Optional<String> to(String mistyped, Collection<String> known) {
        int near = Math.max(1, mistyped.length() / 3);
        return known.stream()
                .filter(word -> distance(mistyped, word) <= near)
                .min(Comparator.comparingInt((String word) -> distance(mistyped, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Insertions, deletions and changes between two words. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
