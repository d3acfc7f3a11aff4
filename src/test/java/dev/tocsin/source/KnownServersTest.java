package dev.tocsin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.health.Source;
import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import dev.tocsin.source.TraefikService.Protocol;
import dev.tocsin.source.TraefikService.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KnownServersTest {
    private static final Source EDGE = new Source("edge-1", "edge-1", SourceKind.TRAEFIK);

    private final KnownServers known = new KnownServers();

    /** Against a plain map, in orders that mostly repeat. */
    @Test
    void eachIsFoundInWhateverOrderUntilItIsForgotten() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            Map<String, TraefikServer> plain = new HashMap<>();
            List<String> order = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f"));
            known.clear();
            for (int answer = 0; answer < 40; answer++) {
                for (String name : order) {
                    TraefikServer found = known.find(service(Protocol.HTTP, name), server(name));
                    assertThat(found).as("seed %s, answer %s", seed, answer).isSameAs(plain.get(name));
                    if (found == null) {
                        plain.put(name, remembered(name));
                        known.add(service(Protocol.HTTP, name), server(name), plain.get(name));
                    }
                }
                String one = order.get(random.nextInt(order.size()));
                switch (random.nextInt(4)) {
                    case 0 -> {
                        TraefikServer gone = plain.remove(one);
                        known.forget(each -> each == gone);
                    }
                    case 1 -> order.remove(order.size() > 1 ? one : "");
                    case 2 -> order.add(random.nextInt(order.size()), String.valueOf((char) ('a' + answer % 26)));
                    default -> {}
                }
            }
        }
    }

    @Test
    void whoIsForgottenIsNotFoundInItsPlaceEither() {
        known.add(service(Protocol.HTTP, "a"), server("a"), remembered("a"));
        known.add(service(Protocol.HTTP, "b"), server("b"), remembered("b"));
        known.find(service(Protocol.HTTP, "a"), server("a"));

        known.forget(each -> job(each).equals("b"));

        assertThat(known.find(service(Protocol.HTTP, "b"), server("b"))).isNull();
    }

    @Test
    void oneOfAnotherProtocolIsAnother() {
        known.add(service(Protocol.HTTP, "a"), server("a"), remembered("a"));

        assertThat(known.find(service(Protocol.TCP, "a"), server("a"))).isNull();
    }

    private static TraefikService service(Protocol protocol, String name) {
        return new TraefikService(protocol, name, "file", null, true, null, List.of(server(name)), null, List.of());
    }

    private static Server server(String name) {
        return new Server("http://" + name + ":80", true);
    }

    private static TraefikServer remembered(String name) {
        Target target = new Target(name, EDGE, name, name, "file", "http://" + name + ":80", Map.of());
        return new TraefikServer(target, 0);
    }

    private static String job(TraefikServer server) {
        return server.target.job();
    }
}
