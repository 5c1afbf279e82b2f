package io.lockkeeper.domain.metrics;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// One condition on a label, as in PromQL; a label that is not there counts as empty, and patterns have to fit the whole value.
public final class LabelMatcher {
    /// How the label's value is compared.
    public enum Way {
        EQUAL("="), UNEQUAL("!="), LIKE("=~"), UNLIKE("!~");

        private final String sign;

        Way(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    private final String label;
    private final Way way;
    private final String value;
    private final @Nullable Pattern pattern;

    /// @throws PatternSyntaxException where a pattern is none
    LabelMatcher(String label, Way way, String value) {
        this.label = label;
        this.way = way;
        this.value = value;
        this.pattern = way == Way.LIKE || way == Way.UNLIKE ? Pattern.compile(value, Pattern.DOTALL) : null;
    }

    String label() {
        return label;
    }

    boolean matches(String found) {
        boolean fits = pattern == null ? value.equals(found) : pattern.matcher(found).matches();
        return fits == (way == Way.EQUAL || way == Way.LIKE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LabelMatcher that && label.equals(that.label) && way == that.way && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(label, way, value);
    }

    @Override
    public String toString() {
        return label + way.sign() + "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
