package dev.tocsin.simulation;

import dev.tocsin.config.TocsinConfig;
import dev.tocsin.scenario.Setting;
import dev.tocsin.sim.StoryConfig;
import dev.tocsin.source.ScrapeErrors;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of a scenario, as a world takes them. */
final class ScenarioSettings {
    private static final ScrapeErrors CAUSES = ScrapeErrors.load();

    private ScenarioSettings() {}

    static Settings of(Setting setting) {
        TocsinConfig config = StoryConfig.of(setting, Map.of(), Path.of("/data"));
        return new Settings(
                Math.toIntExact(setting.poll().toSeconds()),
                scrape(setting.scrape()),
                setting.scrapes().entrySet().stream()
                        .collect(Collectors.toMap(each -> each.getKey().name(), each -> scrape(each.getValue()))),
                config.rules(),
                config.health(),
                CAUSES,
                Settings.DEFAULT.segmentBytes(),
                Settings.DEFAULT.mergeAbove());
    }

    private static Settings.Scrape scrape(Setting.Scrape scrape) {
        return new Settings.Scrape(
                Math.toIntExact(scrape.every().toSeconds()),
                Math.toIntExact(scrape.timeout().toSeconds()));
    }
}
