package io.lockkeeper.cli;

import io.lockkeeper.app.EventWords;
import io.lockkeeper.domain.run.RunEvent;

/// One event in words, coloured where the terminal can: what needs somebody is loud.
final class EventPaint {
    private EventPaint() {}

    static String of(Terminal terminal, RunEvent event) {
        var words = EventWords.of(event);
        return switch (event) {
            case RunEvent.StepFailed _,RunEvent.Held _,RunEvent.RollbackOrdered _,RunEvent.DriftNoticed _,RunEvent.StragglersFound _,RunEvent.StepBlocked _ ->
                terminal.loud(words);
            case RunEvent.StepSucceeded _ -> terminal.good(words);
            default -> words.contains("OUTCOME UNKNOWN") ? terminal.loud(words) : words;
        };
    }
}
