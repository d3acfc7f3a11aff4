package dev.tocsin.sim;

import dev.tocsin.scenario.Sickness;
import java.util.Map;
import java.util.function.Supplier;

/** One simulated Traefik: its services, what is the matter with it, and what it answers. Confined: its fleet; pure, time is an argument. */
final class Traefik implements Server {
    /** Started long before the story. */
    private static final long AGE_MILLIS = 3_600_000;

    private final String name;
    private final Balancer balancer;
    private final Supplier<Map<String, Balancer.Service>> configured;
    private final Ailments sick = new Ailments(new Reply.Answer(
            401, "text/plain", "401 Unauthorized\n", Map.of("Www-Authenticate", "Basic realm=\"traefik\"")));
    private boolean empty;

    /** @param configured what its providers say now @param phaseMillis by how much its clocks differ from others' */
    Traefik(
            String name,
            Checks.Reach reach,
            Supplier<Map<String, Balancer.Service>> configured,
            long phaseMillis,
            long nowMillis) {
        this.name = name;
        this.configured = configured;
        this.balancer = new Balancer((service, server) -> isolated() ? Checks.Answer.FAILS : reach.of(service, server));
        long started = nowMillis - AGE_MILLIS + phaseMillis;
        balancer.start(configured.get(), started, started);
        balancer.pass(nowMillis);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String usualPath() {
        return "/api/http/services?per_page=100000";
    }

    @Override
    public boolean listens() {
        return !sick.has(Sickness.REFUSES) && !sick.has(Sickness.STOPPING);
    }

    private boolean isolated() {
        return sick.has(Sickness.ISOLATED);
    }

    /* No process, or one without a configuration. */
    private boolean down() {
        return sick.has(Sickness.REFUSES) || sick.has(Sickness.STARTING);
    }

    @Override
    public void pass(long nowMillis) {
        if (!down()) {
            balancer.pass(nowMillis);
        }
    }

    @Override
    public void fall(Sickness sickness, long nowMillis) {
        sick.add(sickness);
    }

    @Override
    public void recover(long nowMillis) {
        boolean anew = down() || sick.has(Sickness.STOPPING);
        sick.clear();
        if (anew) {
            restart(nowMillis);
        }
    }

    @Override
    public void restart(long nowMillis) {
        balancer.start(configuration(), nowMillis, clock(nowMillis));
    }

    /** Takes what its providers say now, were it the same. */
    void reload(long nowMillis) {
        if (!down()) {
            balancer.load(configuration(), nowMillis, clock(nowMillis));
        }
    }

    /** Takes a configuration without anything, or the whole one again. */
    void empty(boolean now, long nowMillis) {
        empty = now;
        reload(nowMillis);
    }

    private Map<String, Balancer.Service> configuration() {
        return empty ? Map.of() : configured.get();
    }

    @Override
    public void skew(long millis) {
        sick.skew(millis);
    }

    @Override
    public long clock(long nowMillis) {
        return sick.clock(nowMillis);
    }

    @Override
    public Reply answer(Asked asked, long nowMillis) {
        pass(nowMillis);
        Reply whatever = sick.answer();
        if (whatever != null) {
            return whatever;
        } else if (down()) {
            return TraefikAnswers.noRouter();
        }
        return TraefikAnswers.of(asked, balancer);
    }
}
