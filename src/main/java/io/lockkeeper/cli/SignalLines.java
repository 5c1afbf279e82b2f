package io.lockkeeper.cli;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.metrics.DatumWords;
import io.lockkeeper.domain.metrics.Shadow;
import io.lockkeeper.domain.metrics.SignalReadings;
import io.lockkeeper.domain.metrics.SourceReading;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What `status` says of signals, source by source: of the whole service, and of each node where sources disagree.
final class SignalLines {
    private final SignalReadings readings;
    private final Instant now;

    SignalLines(SignalReadings readings) {
        this.readings = readings;
        this.now = readings.at();
    }

    List<String> words() {
        var lines = new ArrayList<String>();
        if (readings.signals().isEmpty()) {
            return lines;
        }
        int names = longest(readings.signals().stream().map(one -> one.name()));
        int sources = longest(readings.whole().map(SourceReading::source));
        lines.add("signals by source");
        for (var signal : readings.signals()) {
            var name = signal.name();
            for (var reading : signal.whole()) {
                lines.add("  " + padded(name, names) + "  " + padded(reading.source(), sources) + "  "
                        + words(reading, signal.unit()));
                name = "";
            }
            signal.disagreements().forEach(words -> lines.add("  " + padded("", names) + "  DISAGREEMENT: " + words));
        }
        return lines;
    }

    private static int longest(Stream<String> texts) {
        return texts.mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private String words(SourceReading reading, String unit) {
        var parts = new ArrayList<String>();
        var datum = reading.datum();
        parts.add(DatumWords.value(datum, unit));
        parts.add(DatumWords.basis(datum));
        var at = datum.readAt();
        if (at != null) {
            long seconds = Math.max(0, Duration.between(at, now).toSeconds());
            parts.add((reading.state(now) == SourceReading.State.STALE ? "STALE, " : "")
                    + Durations.words(Duration.ofSeconds(seconds)) + " old");
        }
        var shadow = reading.shadow();
        if (shadow != null && shadow.holds(now)) {
            parts.add(shadow(shadow));
        }
        parts.add(reading.note());
        return String.join("; ", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    private static String shadow(Shadow shadow) {
        var until = shadow.until();
        return until == null
                ? "in shadow until " + Durations.words(shadow.length()) + " after its first value"
                : "in shadow until " + until.truncatedTo(ChronoUnit.SECONDS);
    }
}
