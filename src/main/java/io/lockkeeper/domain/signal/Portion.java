package io.lockkeeper.domain.signal;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/// A share with two decimals of a percent, like 99.95%.
///
/// @param basisPoints hundredths of a percent, from 0 to 10,000
public record Portion(int basisPoints) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,2})?)%");
    private static final int WHOLE = 10_000;

    public Portion {
        if (basisPoints < 0 || basisPoints > WHOLE) {
            throw new IllegalArgumentException(String.valueOf(basisPoints));
        }
    }

    /// Of `95%` or `99.95%`; empty for everything else.
    public static Optional<Portion> parse(String text) {
        var match = WRITTEN.matcher(text);
        return match.matches()
                ? Optional.of(new BigDecimal(match.group(1)).movePointRight(2).intValueExact()).filter(points -> points <= WHOLE)
                        .map(Portion::new)
                : Optional.empty();
    }

    /// From 0 to 1.
    public double share() {
        return (double) basisPoints / WHOLE;
    }

    /// `99.95 %`.
    public String words() {
        return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString() + " %";
    }
}
