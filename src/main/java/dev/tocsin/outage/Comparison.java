package dev.tocsin.outage;

import dev.tocsin.health.SourceKind;
import dev.tocsin.health.WaitClock;
import dev.tocsin.join.Confidence;
import dev.tocsin.join.Link;
import dev.tocsin.join.Pair;
import dev.tocsin.join.Rung;
import dev.tocsin.outage.BothViews.Joined;
import dev.tocsin.outage.ImpactRule.Clients;
import dev.tocsin.outage.ImpactRule.Felt;
import dev.tocsin.outage.Instance.Said;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Holds the two views of a job against each other, endpoint by endpoint: both are kept. Confined: one look. */
final class Comparison {
    /* A pair costs some microseconds, and a job that is out is looked at each second: 50,000 pairs are looked at every
     * 10 s, which is as often as a version may be told. */
    private static final int PAIRS_A_SECOND = 5_000;

    private final Joins joins;
    private final WaitClock waits;
    private final Job job;
    private final JobView view;
    private final long now;
    private final boolean service;
    private final boolean confirming;

    private final List<Joined> joined = new ArrayList<>();
    private final Set<String> witnesses = new HashSet<>();
    private final Map<String, Serving> servings = new HashMap<>();
    private final Map<String, Felt> feltBy = new HashMap<>();
    private final List<Link> wholes = new ArrayList<>();
    private boolean known;
    private boolean undecided;
    private boolean settled = true;
    private int pairs;

    /** How an endpoint is, for both. */
    private enum Endpoint {
        BOTH_DOWN,
        OUT_OF_ROTATION,
        NOT_SCRAPED,
        BOTH_UP,
        UNDECIDED,
        UNKNOWN
    }

    Comparison(Joins joins, Job job, JobView view, WaitClock waits, long now) {
        this.joins = joins;
        this.job = job;
        this.view = view;
        this.waits = waits;
        this.now = now;
        this.service = job.scope.sourceKind() == SourceKind.TRAEFIK;
        this.confirming = job.confirming();
    }

    void add(Link link) {
        Job servers = joins.job(SourceKind.TRAEFIK, link.service());
        Job targets = joins.job(SourceKind.PROMETHEUS, link.job());
        int[] counts = new int[Endpoint.values().length];
        for (Pair pair : link.pairs()) {
            Instance server =
                    servers == null ? null : servers.instance(pair.server().instance());
            Instance target =
                    targets == null ? null : targets.instance(pair.target().instance());
            if (server == null || target == null) {
                throw new IllegalStateException("joined, and unknown: " + pair);
            }
            counts[compare(link, pair, server, target).ordinal()]++;
        }
        if (link.pairs().isEmpty()) {
            addWhole(link, targets);
        }
        pairs += link.pairs().size();
        settled &= counts[Endpoint.UNDECIDED.ordinal()] == 0;
        joined.add(joined(link, counts));
    }

    private Endpoint compare(Link link, Pair pair, Instance server, Instance target) {
        Said atBalancer = server.said(now);
        Said atScrape = target.said(now);
        Endpoint endpoint = endpoint(
                atBalancer,
                atScrape,
                link.probed(),
                () -> target.lookedAtSince(server, waits, now),
                () -> server.lookedAtSince(target, waits, now));
        if (service) {
            hear(atScrape, link.probed());
        } else if (target.held == Instance.Held.DOWN) {
            feltBy.merge(target.name, felt(link, pair, server, target), Felt::or);
        }
        if (confirming && endpoint == Endpoint.BOTH_DOWN && link.rung().confidence() == Confidence.CERTAIN) {
            witness(service ? server : target, service ? target : server);
        }
        return endpoint;
    }

    private Joined joined(Link link, int[] counts) {
        return new Joined(
                service ? SourceKind.PROMETHEUS : SourceKind.TRAEFIK,
                service ? link.job() : link.service(),
                link.rung(),
                link.pairs().size(),
                counts[Endpoint.BOTH_DOWN.ordinal()],
                counts[Endpoint.OUT_OF_ROTATION.ordinal()],
                counts[Endpoint.NOT_SCRAPED.ordinal()],
                counts[Endpoint.BOTH_UP.ordinal()],
                counts[Endpoint.UNDECIDED.ordinal()] + counts[Endpoint.UNKNOWN.ordinal()],
                link.named());
    }

    /* A probe that is up says that its prober runs; one that is down, that the prober does not. */
    private static Endpoint endpoint(
            Said atBalancer,
            Said atScrape,
            boolean probed,
            BooleanSupplier scrapedSince,
            BooleanSupplier checkedSince) {
        if (atBalancer == Said.UNKNOWN || atScrape == Said.UNKNOWN) {
            return Endpoint.UNKNOWN;
        }
        if (atBalancer == Said.UNDECIDED || atScrape == Said.UNDECIDED) {
            return Endpoint.UNDECIDED;
        }
        if (probed && (atBalancer == Said.DOWN || atScrape == Said.UP)) {
            return Endpoint.UNKNOWN;
        }
        if (atBalancer == atScrape) {
            return atBalancer == Said.DOWN ? Endpoint.BOTH_DOWN : Endpoint.BOTH_UP;
        }
        if (atBalancer == Said.DOWN) {
            return scrapedSince.getAsBoolean() ? Endpoint.OUT_OF_ROTATION : Endpoint.UNDECIDED;
        }
        return checkedSince.getAsBoolean() ? Endpoint.NOT_SCRAPED : Endpoint.UNDECIDED;
    }

    private void hear(Said said, boolean probed) {
        known |= !probed && (said == Said.UP || said == Said.DOWN);
        undecided |= !probed && said == Said.UNDECIDED;
    }

    /* Of one that is held to be down: what users feel the balancers know, also while Prometheus is blind. */
    private Felt felt(Link link, Pair pair, Instance server, Instance target) {
        if (target.said(now) == Said.UNKNOWN) {
            return Felt.UNKNOWN;
        }
        return switch (server.said(now)) {
            case UP -> {
                Felt served = surely(link, pair.named()) ? Felt.SERVED : Felt.PERHAPS_SERVED;
                yield server.lookedAtSince(target, waits, now) ? served : Felt.UNDECIDED;
            }
            case DOWN -> link.probed() ? Felt.UNKNOWN : serving(link.service()).felt();
            case UNDECIDED -> Felt.SILENT;
            case UNKNOWN -> Felt.UNKNOWN;
        };
    }

    /* A name may be answered by another instance each time it is asked. */
    private static boolean surely(Link link, boolean named) {
        return link.rung() == Rung.MAPPING || link.rung().confidence() == Confidence.CERTAIN && !named;
    }

    private Serving serving(String of) {
        return servings.computeIfAbsent(of, name -> joins.serving(name, now));
    }

    /* The same endpoint may be in several services: one vantage is one witness of it. */
    private void witness(Instance member, Instance other) {
        long round = JobView.roundMillis(List.of(other));
        for (Vantage vantage : other.vantages) {
            if (vantage.sighted() && vantage.saysDown() && !vantage.doubtful(round, waits, now)) {
                witnesses.add(member.name + "\n" + vantage.sight.source);
            }
        }
    }

    /* The jobs are known to be one, their endpoints are not. */
    private void addWhole(Link link, @Nullable Job targets) {
        if (!service) {
            wholes.add(link);
        } else if (targets != null) {
            targets.instances().forEach(instance -> hear(instance.said(now), link.probed()));
        }
    }

    private Felt feltWhole(Instance member) {
        Felt felt = Felt.UNKNOWN;
        for (Link link : wholes) {
            Serving serving = serving(link.service());
            boolean whole = serving.whole() && surely(link, link.named() > 0);
            Felt of = serving.felt();
            if (of == Felt.OTHERS_SERVE && serving.nobodyDown()) {
                of = !serving.lookedAtSince(member, waits, now)
                        ? Felt.UNDECIDED
                        : whole ? Felt.SERVED : Felt.PERHAPS_SERVED;
            } else if (link.probed()) {
                of = Felt.UNKNOWN;
            }
            felt = felt.or(of);
        }
        return felt;
    }

    OtherView seen() {
        int[] felt = new int[Felt.values().length];
        if (!service) {
            for (String name : view.down) {
                Instance member = job.instance(name);
                Felt paired = feltBy.get(name);
                felt[(paired != null ? paired : member == null ? Felt.UNKNOWN : feltWhole(member)).ordinal()]++;
            }
        }
        Clients clients = service ? joins.clients(job, now) : Clients.LOST;
        long freshUntil = now + (pairs < PAIRS_A_SECOND ? 0 : pairs * 1_000L / PAIRS_A_SECOND);
        return new OtherView(
                job.scope.sourceKind(), joined, settled, witnesses.size(), felt, known, undecided, clients, freshUntil);
    }
}
