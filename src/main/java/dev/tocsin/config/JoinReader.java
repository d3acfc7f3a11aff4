package dev.tocsin.config;

import com.google.re2j.Pattern;
import dev.tocsin.join.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes {@code join}: which services of Traefik are which jobs of Prometheus. */
final class JoinReader {
    private JoinReader() {}

    /** The mappings, in order; what is wrong in one is a mistake, and it is left out. */
    static List<Mapping> mappings(Spot join) {
        List<Mapping> mappings = new ArrayList<>();
        for (Spot spot : join.items()) {
            Optional<Pattern> service = spot.child("service").pattern();
            Optional<Pattern> job = spot.child("job").pattern();
            if (service.isPresent() && job.isPresent()) {
                mappings.add(new Mapping(service.get(), job.get(), labels(spot.child("labels"))));
            }
        }
        return List.copyOf(mappings);
    }

    private static Map<String, String> labels(Spot spot) {
        Map<String, String> labels = new HashMap<>();
        spot.entries().forEach((name, value) -> value.text().ifPresent(text -> labels.put(name, text)));
        return labels;
    }
}
