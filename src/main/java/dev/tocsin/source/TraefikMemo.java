package dev.tocsin.source;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The texts that one Traefik says again with each answer, and what they come to: so an address is spelt and redacted once,
 * not per server, status, gauge and poll, and equal is same. Confined: the asker of the source.
 */
public final class TraefikMemo {
    final Texts urls = new Texts(ServerUrl::of);
    final Texts names = new Texts(UnaryOperator.identity());
    /* Each list has an order of its own. */
    final Texts statuses = new Texts(urls::of);
    final Texts gaugeUrls = new Texts(urls::of);
    final Texts routers = new Texts(UnaryOperator.identity());
    final Texts gaugeNames = new Texts(names::of);

    /** Texts of one list. Each remembers which came after it, as it does in the next answer too. Confined: its memo. */
    static final class Texts {
        /* When full it begins anew: 65,536 x ~250 B = 16 MB, and texts that never repeat cost no more than that. */
        static final int REMEMBERED_MAX = 1 << 16;
        private static final int LENGTH_MAX = 256;

        private final UnaryOperator<String> meaning;
        private final Map<String, Known> known = new HashMap<>();
        private Known last = new Known("");

        Texts(UnaryOperator<String> meaning) {
            this.meaning = meaning;
        }

        /** What the text comes to. */
        String of(String text) {
            Known next = last.next;
            if (next != null && next.text.equals(text)) {
                last = next;
                return next.text;
            }
            Known found = known.get(text);
            if (found != null) {
                last.next = found;
                last = found;
                return found.text;
            }
            return first(text);
        }

        /* What is spelt otherwise is not remembered: it may hold a secret. */
        private String first(String text) {
            String meant = meaning.apply(text);
            if (meant.equals(text) && text.length() <= LENGTH_MAX) {
                if (known.size() >= REMEMBERED_MAX) {
                    known.clear();
                }
                Known added = new Known(meant);
                known.put(meant, added);
                last.next = added;
                last = added;
            }
            return meant;
        }
    }

    /** One that comes to itself. */
    private static final class Known {
        private final String text;
        private @Nullable Known next;

        Known(String text) {
            this.text = text;
        }
    }
}
