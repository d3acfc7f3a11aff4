package dev.tocsin.source;

import dev.tocsin.source.TraefikService.Protocol;
import dev.tocsin.source.TraefikService.Server;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The servers behind one Traefik that are remembered. Confined: the asker of the source.
 *
 * <p>They are listed in one order answer by answer, so each remembers who was asked for after it.
 */
final class KnownServers {
    private final Map<Key, Entry> entries = new HashMap<>();
    private @Nullable Entry last;

    private record Key(Protocol protocol, String service, String url) {
        boolean is(TraefikService of, Server server) {
            return protocol == of.protocol() && url.equals(server.url()) && service.equals(of.name());
        }
    }

    /** One of them, and its place in the order. */
    private static final class Entry {
        private final Key key;
        private final TraefikServer server;
        private @Nullable Entry next;
        private boolean forgotten;

        Entry(Key key, TraefikServer server) {
            this.key = key;
            this.server = server;
        }
    }

    /** Null for one that is not remembered. */
    @Nullable
    TraefikServer find(TraefikService service, Server server) {
        Entry next = last == null ? null : last.next;
        boolean inOrder = next != null && !next.forgotten && next.key.is(service, server);
        Entry found = inOrder ? next : entries.get(key(service, server));
        if (found == null) {
            return null;
        }
        follow(found);
        return found.server;
    }

    void add(TraefikService service, Server server, TraefikServer known) {
        Entry added = new Entry(key(service, server), known);
        entries.put(added.key, added);
        follow(added);
    }

    void forget(Predicate<TraefikServer> such) {
        entries.values().removeIf(entry -> {
            entry.forgotten = such.test(entry.server);
            return entry.forgotten;
        });
    }

    void clear() {
        entries.clear();
        last = null;
    }

    private void follow(Entry entry) {
        if (last != null) {
            last.next = entry;
        }
        last = entry;
    }

    private static Key key(TraefikService service, Server server) {
        return new Key(service.protocol(), service.name(), server.url());
    }
}
