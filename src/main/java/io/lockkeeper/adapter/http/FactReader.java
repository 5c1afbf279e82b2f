package io.lockkeeper.adapter.http;

import io.lockkeeper.domain.environment.ViewSpec.Fact;
import io.lockkeeper.domain.environment.ViewSpec.Pick;
import io.lockkeeper.port.LinkFault;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Takes one fact from one page. `null` where the page does not have it; a fault where it has nonsense.
final class FactReader {
    private static final BigDecimal MILLIS_FROM = new BigDecimal("100000000000"); // as seconds, the year 5138
    private static final BigDecimal MILLION = new BigDecimal("1000000");

    private final Fact fact;
    private final Pick pick;
    private final Page page;

    FactReader(Fact fact, Pick pick, Page page) {
        this.fact = fact;
        this.pick = pick;
        this.page = page;
    }

    @Nullable
    Boolean truth() throws LinkFault {
        if (!page.isGood()) {
            return false; // whatever the body says
        }
        return switch (pick) {
            case Pick.Status _ -> true;
            case Pick.Pointer(var pointer, var is) -> {
                var text = page.at(pointer);
                yield text == null ? null : (Boolean) text.equals(is);
            }
            case Pick.Metric(_, _, var is) -> {
                var number = number();
                yield number == null ? null : (Boolean) (number.compareTo(new BigDecimal(is)) == 0);
            }
        };
    }

    @Nullable
    String text() throws LinkFault {
        if (!page.isGood()) {
            throw LinkFault.passing(page.shown() + " answered HTTP " + page.status() + " instead of the node's " + fact.key());
        }
        return switch (pick) {
            case Pick.Status _ -> Integer.toString(page.status());
            case Pick.Pointer(var pointer, _) -> page.at(pointer);
            case Pick.Metric metric -> metricText(metric);
        };
    }

    @Nullable
    Long count() throws LinkFault {
        var number = number();
        if (number == null) {
            return null;
        }
        try {
            long count = number.longValueExact();
            if (count >= 0) {
                return count;
            }
        } catch (ArithmeticException _) {
            // told below
        }
        throw nonsense(number.toString(), "a count");
    }

    @Nullable
    Instant time() throws LinkFault {
        var text = text();
        if (text == null) {
            return null;
        }
        try {
            return text.matches("[-+.0-9Ee]+") ? sinceEpoch(new BigDecimal(text)) : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
            throw nonsense(text, "an ISO 8601 time with its zone, or seconds since 1970");
        }
    }

    private static Instant sinceEpoch(BigDecimal number) {
        if (number.compareTo(MILLIS_FROM) >= 0) {
            return Instant.ofEpochMilli(number.longValue());
        }
        var micros = number.multiply(MILLION).longValue();
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }

    private @Nullable BigDecimal number() throws LinkFault {
        var text = text();
        try {
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException _) {
            throw nonsense(text, "a number");
        }
    }

    private @Nullable String metricText(Pick.Metric metric) throws LinkFault {
        try {
            var values = PrometheusText.series(page.body(), metric.name()).stream()
                    .filter(series -> series.labels().entrySet().containsAll(metric.labels().entrySet()))
                    .map(PrometheusText.Series::value).filter(Double::isFinite).toList();
            if (values.isEmpty()) {
                return null;
            }
            if (values.size() > 1 && fact != Fact.CONNECTIONS) {
                throw LinkFault.permanent(page.shown() + " has " + values.size() + " series of " + metric.name()
                        + " for the node's " + fact.key() + "; name labels that only one of them has");
            }
            return values.stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add).stripTrailingZeros()
                    .toPlainString();
        } catch (IllegalArgumentException _) {
            throw LinkFault.passing("the answer of " + page.shown() + " is garbled at " + metric.name());
        }
    }

    private LinkFault nonsense(@Nullable String told, String expected) {
        var quoted = told == null || told.length() > 40 ? "something else" : "\"" + told + "\"";
        return LinkFault.passing(page.shown() + " gives " + quoted + " as the node's " + fact.key() + "; expected " + expected);
    }
}
