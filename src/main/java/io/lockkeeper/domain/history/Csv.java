package io.lockkeeper.domain.history;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lines of RFC 4180. A text that a spreadsheet would take for a formula is told to be a text, with an apostrophe before it.
public final class Csv {
    private static final String FORMULA = "=+-@\t\r\n";
    private static final String SPECIAL = ",\"\r\n";

    private Csv() {}

    public static String line(@Nullable Object... values) {
        return line(Arrays.asList(values));
    }

    public static String line(Collection<? extends @Nullable Object> values) {
        return values.stream().map(Csv::cell).collect(Collectors.joining(","));
    }

    private static String cell(@Nullable Object value) {
        if (value instanceof Number) {
            return value.toString();
        }
        var text = Objects.toString(value, "");
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        var plain = formula ? "'" + text : text;
        return plain.chars().anyMatch(symbol -> SPECIAL.indexOf(symbol) >= 0) || formula
                ? "\"" + plain.replace("\"", "\"\"") + "\""
                : plain;
    }
}
