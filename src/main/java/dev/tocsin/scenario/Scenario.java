package dev.tocsin.scenario;

import java.util.List;

/**
 * A story: a fleet, what is done to it, and what must be told of it. Immutable.
 *
 * @param file as its writer named it
 * @param title what the story shows, in a sentence
 * @param promises the promises that it proves, or the public cases that it is taken from; as written
 * @param rows the failure modes that it plays
 */
public record Scenario(
        String file, String title, List<String> promises, List<String> rows, Setting setting, List<Step> steps) {}
