package io.lockkeeper.domain.run;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.runbook.InputType;
import io.lockkeeper.domain.runbook.Step;
import java.util.Optional;

/// Whether a value given with a tick is what it was asked for as.
final class AnswerType {
    private AnswerType() {}

    static Optional<String> objection(Step.Item item, String value, Environment environment) {
        var type = item.type();
        if (type == null) {
            return Optional.empty();
        }
        boolean fits = switch (type) {
            case VERSION -> environment.versions().isEmpty() || environment.versions().contains(value);
            case DURATION -> Durations.parse(value).isPresent();
            case COUNT -> value.matches("\\d{1,15}");
            case PERCENT -> value.matches("(100|\\d{1,2})%");
            case NODE, NODES, TEXT -> true;
        };
        return fits ? Optional.empty() : Optional.of("\"" + value + "\" is no " + type.key() + hint(type, value, environment));
    }

    private static String hint(InputType type, String value, Environment environment) {
        return switch (type) {
            case VERSION -> " of this environment (" + Nearest.suggestion(value, environment.versions()) + ")";
            case DURATION -> " (write it like 90s, 5m or 48h)";
            case PERCENT -> " (write it like 25%)";
            default -> "";
        };
    }
}
