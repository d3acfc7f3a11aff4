package dev.tocsin.join;

import dev.tocsin.health.SourceKind;
import dev.tocsin.health.Target;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A target as the join knows it. Immutable; equal by its target.
 *
 * @param address of a server, or where a target is scraped, or what it probes; null when none can be told
 * @param probe whether it is scraped from a prober: its own address is that of the prober, and nothing of the backend
 */
record Known(Target target, Member member, @Nullable Address address, boolean probe) {
    private static final String TARGET = "target=";

    static Known of(Target target) {
        Member member = Member.of(target);
        boolean probe = target.source().kind() == SourceKind.PROMETHEUS && probes(target.url());
        Optional<Address> address = probe ? probed(target) : Address.of(target.url());
        return new Known(target, member, address.orElse(null), probe);
    }

    boolean server() {
        return member.kind() == SourceKind.TRAEFIK;
    }

    /** Its address, when that is one machine or name for whoever says it; else null. */
    @Nullable
    Address place() {
        return address == null || address.loopback() ? null : address;
    }

    boolean named() {
        return address != null && address.named();
    }

    private static boolean probes(String url) {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        return path.endsWith("/probe") || query >= 0 && parameter(url, query) != null;
    }

    /* A host alone (ICMP) names no endpoint. */
    private static Optional<Address> probed(Target target) {
        int query = target.url().indexOf('?');
        String value = query < 0 ? null : parameter(target.url(), query);
        Optional<Address> said = value == null ? Optional.empty() : Address.of(decoded(value));
        return said.or(() -> target.instance().contains("://") ? Address.of(target.instance()) : Optional.empty());
    }

    private static @Nullable String parameter(String url, int query) {
        int from = query + 1;
        while (from <= url.length()) {
            int end = url.indexOf('&', from);
            end = end < 0 ? url.length() : end;
            if (url.startsWith(TARGET, from)) {
                return url.substring(from + TARGET.length(), end);
            }
            from = end + 1;
        }
        return null;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value; // not encoded after all
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Known known && known.target.equals(target);
    }

    @Override
    public int hashCode() {
        return target.hashCode();
    }
}
