package io.lockkeeper.domain.signal;

import java.util.Locale;

/// Successes among what was tried, with the 95 % interval of Wilson (two-sided).
///
/// @param good of `tried`
public record Ratio(long good, long tried) {
    private static final double Z = 1.959963984540054;

    public Ratio {
        if (good < 0 || good > tried) {
            throw new IllegalArgumentException(good + " of " + tried);
        }
    }

    /// Lower bound, from 0 to 1; 0 where nothing was tried.
    public double lower() {
        return tried == 0 ? 0 : Math.max(0, centre() - spread());
    }

    /// Upper bound, from 0 to 1; 1 where nothing was tried.
    public double upper() {
        return tried == 0 ? 1 : Math.min(1, centre() + spread());
    }

    private double centre() {
        double share = (double) good / tried;
        return (share + Z * Z / (2 * tried)) / (1 + Z * Z / tried);
    }

    private double spread() {
        double share = (double) good / tried;
        return Z / (1 + Z * Z / tried) * Math.sqrt(share * (1 - share) / tried + Z * Z / (4.0 * tried * tried));
    }

    /// Whether at least `limit` (from 0 to 1) can be said of it: not before `samples` were tried.
    public Verdict atLeast(double limit, long samples) {
        if (tried == 0) {
            return Verdict.NO_DATA;
        }
        if (tried >= samples && lower() >= limit) {
            return Verdict.PASS;
        }
        return upper() < limit ? Verdict.FAIL : Verdict.INCONCLUSIVE;
    }

    /// Whether the plain share is below; nothing tried is not.
    public boolean isBelow(int percent) {
        return good * 100 < percent * tried;
    }

    /// `95 % (19 of 20)`: rounded down, and `100 %` only when all were good.
    public String share() {
        return tried == 0 ? "0 of 0" : 100 * good / tried + " % (" + good + " of " + tried + ")";
    }

    /// `95 % of 20: 76 % to 99 %`.
    public String words() {
        return tried == 0
                ? "0 of 0"
                : String.format(Locale.ROOT, "%.0f %% of %d: %.0f %% to %.0f %%", 100.0 * good / tried, tried,
                        Math.floor(100 * lower()), Math.ceil(100 * upper()));
    }
}
