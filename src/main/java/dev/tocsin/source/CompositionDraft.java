package dev.tocsin.source;

import dev.tocsin.source.Composition.Child;
import dev.tocsin.source.Composition.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How one service leads to others, while its fields come in. Confined: its decoder. */
final class CompositionDraft {
    private static final int WEIGHT_DEFAULT = 1;

    private final TraefikMemo memo;
    private @Nullable Form form;
    private boolean dropsTheDead;
    private String main = "";
    private String fallback = "";
    private String child = "";
    private int weight;
    /** By name as it stands there, with their weights. */
    private final Map<String, Integer> children = new LinkedHashMap<>();

    CompositionDraft(TraefikMemo memo) {
        this.memo = memo;
    }

    /** Another service begins. */
    void begin() {
        form = null;
        dropsTheDead = false;
        main = "";
        fallback = "";
        children.clear();
    }

    void form(Form as) {
        form = as;
    }

    void dropsTheDead() {
        dropsTheDead = true;
    }

    void main(String name) {
        main = name;
    }

    void fallback(String name) {
        fallback = name;
    }

    void childBegins() {
        child = "";
        weight = WEIGHT_DEFAULT;
    }

    void child(String name) {
        child = name;
    }

    void weight(int told) {
        weight = told;
    }

    /** Two of one name are one with the weight of both; Traefik ignores a child without weight. */
    void childEnds() {
        if (!child.isEmpty() && weight > 0) {
            children.merge(child, weight, (a, b) -> (int) Math.min(Integer.MAX_VALUE, (long) a + b));
        }
    }

    boolean overlong() {
        return TraefikServiceDraft.overlong(main)
                || TraefikServiceDraft.overlong(fallback)
                || form != null && children.keySet().stream().anyMatch(TraefikServiceDraft::overlong);
    }

    /** Null for a service that leads to no other. @param provider of the children that name none */
    @Nullable
    Composition of(String provider) {
        if (form == null) {
            return null;
        }
        List<Child> led = new ArrayList<>();
        switch (form) {
            case WEIGHTED, HIGHEST_RANDOM_WEIGHT ->
                children.forEach((each, share) -> led.add(new Child(qualified(each, provider), share)));
            case MIRRORING, FAILOVER ->
                Stream.of(main, fallback)
                        .filter(each -> !each.isEmpty())
                        .distinct()
                        .forEach(each -> led.add(new Child(qualified(each, provider), WEIGHT_DEFAULT)));
        }
        return new Composition(form, dropsTheDead, led);
    }

    private String qualified(String each, String provider) {
        return memo.names.of(each.contains("@") ? each : each + "@" + provider);
    }
}
