package io.lockkeeper.ui.run;

import io.lockkeeper.app.ActionItem;
import io.lockkeeper.domain.run.Command;

/// What the run's screen asks of the shell.
public interface RunActs {
    /// Does it, showing a sheet first where it is disruptive.
    void perform(ActionItem item);

    /// Gives a command at once.
    void give(Command command);

    String actor();
}
