package dev.tocsin.cli;

import dev.tocsin.config.Units;
import java.time.Duration;
import picocli.CommandLine;

/** The value of {@code --timeout}. */
final class TimeoutOption implements CommandLine.ITypeConverter<Duration> {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofMinutes(10);

    @Override
    public Duration convert(String text) {
        return Units.duration(text)
                .filter(duration -> duration.compareTo(MIN) >= 0 && duration.compareTo(MAX) <= 0)
                .orElseThrow(() -> new CommandLine.TypeConversionException(
                        "got \"" + Printable.of(text, 60) + "\", want a duration from 1s to 10m, such as 10s"));
    }
}
