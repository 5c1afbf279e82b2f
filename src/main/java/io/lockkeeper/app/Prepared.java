package io.lockkeeper.app;

import io.lockkeeper.domain.run.Command;
import java.util.List;

/// The answer to a run request, before anything is done.
public sealed interface Prepared {
    /// @param warnings what the person should know before saying yes
    record Ready(Command.Start start, List<String> warnings) implements Prepared {}

    /// @param problems each says what is wrong and what to do
    record Refused(List<String> problems) implements Prepared {}
}
