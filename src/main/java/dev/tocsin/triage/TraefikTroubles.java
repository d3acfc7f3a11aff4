package dev.tocsin.triage;

import dev.tocsin.health.FindingKind;
import dev.tocsin.health.PollResult.Answered;
import dev.tocsin.health.PollResult.Warning;
import dev.tocsin.source.ServerLook;
import dev.tocsin.triage.Report.Trouble;
import dev.tocsin.triage.Report.Unchecked;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is amiss at a Traefik, and what of it could not be looked into. Stateless; pure. */
final class TraefikTroubles {
    /* That checks starve shows over time alone; what nobody checks is counted target by target. */
    private static final Map<FindingKind, TroubleKind> SHOWN = Map.of(
            FindingKind.CONFIGURATION_LOST, TroubleKind.CONFIGURATION_LOST,
            FindingKind.ROUTER_ERROR, TroubleKind.ROUTER_ERROR,
            FindingKind.SERVICE_WITHOUT_SERVERS, TroubleKind.SERVICE_WITHOUT_SERVERS,
            FindingKind.CERTIFICATE_EXPIRING, TroubleKind.CERTIFICATE_EXPIRING);

    private TraefikTroubles() {}

    /** One for each kind: the remedy is the same for all that it is about. */
    static List<Trouble> of(Answered answer) {
        Map<TroubleKind, List<String>> items = new EnumMap<>(TroubleKind.class);
        for (Warning warning : answer.server().warnings()) {
            TroubleKind kind = SHOWN.get(warning.kind());
            if (kind != null) {
                items.computeIfAbsent(kind, key -> new ArrayList<>()).add(item(warning));
            }
        }
        List<Trouble> troubles = new ArrayList<>();
        items.forEach((kind, of) -> troubles.add(
                of.size() == 1 ? new Trouble(kind, "", of.get(0)) : new Trouble(kind, "", of.size() + " of them", of)));
        return troubles;
    }

    static List<Unchecked> unchecked(View view) {
        ServerLook look = view.seen().look();
        return look.metrics() == null
                ? List.of()
                : List.of(new Unchecked(
                        "whether servers that it calls up have been checked since its last reload",
                        "its metrics: " + ServerLook.whyNot(look.metrics())));
    }

    /* What the whole source is about needs no name. */
    private static String item(Warning warning) {
        return warning.subject().containsKey("source")
                ? warning.detail()
                : String.join(" ", warning.subject().values()) + ": " + warning.detail();
    }
}
