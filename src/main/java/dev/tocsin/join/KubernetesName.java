package dev.tocsin.join;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes service as its namespace and name. Immutable.
 *
 * <p>Traefik joins {@code namespace-name-port} and turns all that is no letter or digit into dashes, so its names cannot
 * be split back: only from labels to names can be compared, and what two services would be called alike is none of both.
 */
record KubernetesName(String namespace, String service) {
    private static final String PROVIDER = "kubernetes";

    /** Of a target with the labels that the Prometheus operator gives. */
    static Optional<KubernetesName> of(Map<String, String> labels) {
        String namespace = labels.get("namespace");
        String service = labels.get("service");
        return namespace == null || service == null
                ? Optional.empty()
                : Optional.of(new KubernetesName(namespace, service));
    }

    /** As Traefik would write it, without the port. */
    String normal() {
        return normal(namespace + "-" + service);
    }

    /** What a Traefik service's name has before its port; null when it is of no Kubernetes provider. */
    static @Nullable String before(String name) {
        int at = name.lastIndexOf('@');
        int dash = name.lastIndexOf('-', at);
        return at < 0 || dash <= 0 || !name.startsWith(PROVIDER, at + 1) ? null : name.substring(0, dash);
    }

    private static String normal(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean dash = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                out.append(dash && out.length() > 0 ? "-" : "").append(c);
                dash = false;
            } else {
                dash = true;
            }
        }
        return out.toString();
    }
}
