/** The join of two views: which targets of Prometheus and which servers of Traefik are one backend. Pure. */
@NullMarked
package dev.tocsin.join;

import org.jspecify.annotations.NullMarked;
