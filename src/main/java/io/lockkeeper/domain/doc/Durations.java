package io.lockkeeper.domain.doc;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as people write them: a whole number and a unit, `500ms`, `90s`, `5m`, `48h`.
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private Durations() {}

    public static Optional<Duration> parse(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(match.group(1));
        return Optional.of(switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        });
    }

    /// The shortest form that says the same: `90s`, `5m`, `48h`, `1m 30s` where no single unit fits.
    public static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis < 1000 ? millis + "ms" : String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
        }
        long seconds = duration.toSeconds();
        if (seconds == 0 || (seconds < 120 && seconds % 60 != 0)) {
            return seconds + "s";
        }
        var hours = seconds / 3600 > 0 ? seconds / 3600 + "h " : "";
        var minutes = seconds / 60 % 60 > 0 ? seconds / 60 % 60 + "m " : "";
        return (hours + minutes + (seconds % 60 > 0 ? seconds % 60 + "s" : "")).strip();
    }
}
