package io.lockkeeper.cli;

import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunState;

/// Exit codes, for scripts.
final class Exit {
    static final int GOOD = 0;
    static final int BAD = 1;
    static final int USAGE = 2;
    static final int UNKNOWN = 3;

    private Exit() {}

    /// @param goal the ending that was asked for
    static int of(RunState run, Ending goal) {
        if (run.ops().values().stream().anyMatch(op -> op.is(OpRun.Status.UNKNOWN) && op.op().order().disruptive())) {
            return UNKNOWN;
        }
        var ended = run.ended();
        return ended != null && ended.ending() == goal ? GOOD : BAD;
    }
}
