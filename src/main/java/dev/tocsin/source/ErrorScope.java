package dev.tocsin.source;

import dev.tocsin.health.Named;

/** How far a scrape had come when it failed, told by the wrappers around the text; in a rule: where it applies. */
public enum ErrorScope implements Named {
    /** {@code Get "url": ...}: before response headers. */
    WRAPPED,
    /** No wrapper: headers had come, or nothing was sent. */
    BARE,
    /** {@code Get "url": Post "url": ...}: at the token endpoint of OAuth2; the target was not asked. */
    POST,
    /** Of a rule only. */
    ANY;

    boolean allows(ErrorScope scope) {
        return this == ANY || this == scope;
    }
}
