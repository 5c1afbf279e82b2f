package io.lockkeeper.domain.metrics;

import io.lockkeeper.domain.doc.Durations;
import java.util.Locale;

/// A datum as people read it.
public final class DatumWords {
    private DatumWords() {}

    /// `812`, `97.3 %`, `0.42 s`; `NO DATA` where there is none. Shares are rounded down, so that 100 % is all of them.
    public static String value(Datum datum) {
        return switch (datum) {
            case Datum.Level(double value, _) -> number(value);
            case Datum.Count(double value, _, _, _) -> number(value);
            case Datum.Share(var ratio, _, _, _) when ratio.tried() > 0 ->
                String.format(Locale.ROOT, "%.1f %%", Math.floor(1000.0 * ratio.good() / ratio.tried()) / 10);
            case Datum.Mean(double seconds, long samples, _, _, _) when samples > 0 ->
                String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
            default -> "NO DATA";
        };
    }

    public static String value(Datum datum, String unit) {
        boolean plain = datum instanceof Datum.Level || datum instanceof Datum.Count;
        return value(datum) + (plain && !unit.isEmpty() ? " " + unit : "");
    }

    /// What it rests on: `291 of 300: 94.3 to 98.5 %, 5m`; why there is none; empty for a level.
    public static String basis(Datum datum) {
        return switch (datum) {
            case Datum.Level _ -> "";
            case Datum.None(var why) -> why;
            case Datum.Count _ -> window(datum);
            case Datum.Share(var ratio, _, _, _) when ratio.tried() == 0 -> "no events, " + window(datum);
            case Datum.Share(var ratio, _, _, _) -> String.format(Locale.ROOT, "%d of %d: %.1f to %.1f %%, %s", ratio.good(),
                    ratio.tried(), Math.floor(1000 * ratio.lower()) / 10, Math.ceil(1000 * ratio.upper()) / 10, window(datum));
            case Datum.Mean(_, long samples, _, _, _) when samples == 0 -> "no events, " + window(datum);
            case Datum.Mean(_, long samples, _, _, _) -> samples + (samples == 1 ? " sample, " : " samples, ") + window(datum);
        };
    }

    private static String window(Datum datum) {
        var length = Durations.words(datum.over());
        return datum.seen().multipliedBy(10).compareTo(datum.over().multipliedBy(9)) >= 0
                ? length
                : Durations.words(java.time.Duration.ofSeconds(datum.seen().toSeconds())) + " of " + length;
    }

    /// At most two decimals, and none where there are none.
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return Math.abs(value) >= 0.01 && Math.abs(value) < 1e9
                ? String.format(Locale.ROOT, "%.2f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }
}
