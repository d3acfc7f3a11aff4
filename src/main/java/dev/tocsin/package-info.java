/**
 * The wiring: what is deployed, in which order.
 *
 * <p>The rooms, and what each may import: {@code health scenario broker topic} nothing; {@code follow}
 * topic; {@code join source} health; {@code outage}
 * health join; {@code wire} health join outage; {@code triage config} health outage source ({@code config} also join); {@code bus} health outage wire;
 * {@code poll} health source config bus; {@code correlate} health outage config bus; {@code log kafka} health outage wire
 * config bus ({@code kafka} also topic); {@code sim} health outage source wire config bus scenario; {@code cli} all but web and alert. {@code poll
 * correlate log kafka} never import each other: they meet on the bus. Held by {@code RoomsTest}.
 */
@NullMarked
package dev.tocsin;

import org.jspecify.annotations.NullMarked;
