package io.lockkeeper.adapter.json;

import io.lockkeeper.domain.metrics.Datum;
import io.lockkeeper.domain.metrics.SignalBySource;
import io.lockkeeper.domain.metrics.SignalReadings;
import io.lockkeeper.domain.metrics.SourceReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Signals by source for scripts.
record JsonSignals(int tolerancePercent, List<One> signals) {
    /// @param sources of the whole service first
    record One(String name, String shape, String unit, List<Source> sources, List<String> disagreements) {}

    /// @param state `HERE`, `NO_DATA` or `STALE`
    /// @param value a plain number: a share from 0 to 1, times in seconds
    /// @param lower of the 95 % interval of a share
    /// @param covered how much of the window was seen
    /// @param shadowUntil before it no gate may go by this source; absent also while it never had a value, see `inShadow`
    record Source(String source, String kind, @Nullable String node, String state, @Nullable Double value, @Nullable Long good,
            @Nullable Long samples, @Nullable Double lower, @Nullable Double upper, @Nullable Duration window,
            @Nullable Duration covered, @Nullable Instant at, @Nullable Long ageMillis, boolean inShadow,
            @Nullable Instant shadowUntil, @Nullable String why, @Nullable String note) {}

    static JsonSignals of(SignalReadings readings) {
        return new JsonSignals(readings.tolerance(), readings.signals().stream().map(one -> one(one, readings.at())).toList());
    }

    private static One one(SignalBySource signal, Instant now) {
        return new One(signal.name(), signal.shape().name().toLowerCase(Locale.ROOT), signal.unit(),
                signal.readings().stream().map(reading -> source(reading, now)).toList(),
                signal.disagreements());
    }

    private static Source source(SourceReading reading, Instant now) {
        var datum = reading.datum();
        var at = datum.readAt();
        var ratio = datum instanceof Datum.Share(var share, _, _, _) && share.tried() > 0 ? share : null;
        var window = datum.over().isZero() ? null : datum.over();
        return new Source(reading.source(), reading.kind().key(), reading.node(), reading.state(now).name(), value(datum),
                ratio == null ? null : (Long) ratio.good(),
                ratio != null ? (Long) ratio.tried() : datum instanceof Datum.Mean(_, long samples, _, _, _) ? samples : null,
                ratio == null ? null : (Double) ratio.lower(), ratio == null ? null : (Double) ratio.upper(), window,
                window == null ? null : datum.seen(), at, at == null ? null : (Long) Duration.between(at, now).toMillis(),
                reading.inShadow(now), reading.shadow() == null ? null : reading.shadow().until(),
                datum instanceof Datum.None(var why)
                        ? why
                        : datum.hasData() ? null : "no events in the window",
                reading.note().isEmpty() ? null : reading.note());
    }

    private static @Nullable Double value(Datum datum) {
        return switch (datum) {
            case Datum.Level(double value, _) -> value;
            case Datum.Count(double value, _, _, _) -> value;
            case Datum.Mean(double seconds, long samples, _, _, _) -> samples == 0 ? null : (Double) seconds;
            case Datum.Share(var ratio, _, _, _) -> ratio.tried() == 0 ? null : (Double) ((double) ratio.good() / ratio.tried());
            case Datum.None _ -> null;
        };
    }
}
