/** What a Prometheus or a Traefik says: streaming decoders, cause rules, how a server's state is told from its answers. Pure. */
@NullMarked
package dev.tocsin.source;

import org.jspecify.annotations.NullMarked;
