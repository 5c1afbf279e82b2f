package io.lockkeeper.domain.run;

import java.util.List;

/// The answer to a command.
public sealed interface Decision {
    record Events(List<RunEvent> events) implements Decision {}

    /// Nothing happens; `why` is one sentence for the person who asked.
    record Refused(String why) implements Decision {}

    static Decision of(RunEvent... events) {
        return new Events(List.of(events));
    }
}
