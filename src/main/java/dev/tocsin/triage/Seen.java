package dev.tocsin.triage;

import dev.tocsin.health.Source;
import dev.tocsin.source.ServerLook;

/**
 * One source and what one look at it brought. Immutable.
 *
 * @param url its base, without user info
 */
public record Seen(Source source, String url, ServerLook look) {}
