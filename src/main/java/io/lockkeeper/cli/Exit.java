package io.lockkeeper.cli;

import io.lockkeeper.app.Submitted;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunState;

/// Exit codes, for scripts.
final class Exit {
    static final int GOOD = 0;
    static final int BAD = 1;
    static final int USAGE = 2;
    static final int UNKNOWN = 3;

    /// What follows once an order was taken, durable up to `seq`.
    interface Taken {
        int then(long seq) throws InterruptedException;
    }

    private Exit() {}

    /// Says why an order was not taken, or is not known to have been.
    static int of(Submitted answer, Terminal terminal, Taken taken) throws InterruptedException {
        return switch (answer) {
            case Submitted.Taken(long seq) -> taken.then(seq);
            case Submitted.Refused(var why) -> {
                terminal.complain(why);
                yield BAD;
            }
            case Submitted.Unknown(var why) -> {
                terminal.complain(why);
                yield UNKNOWN;
            }
        };
    }

    /// @param goal the ending that was asked for
    static int of(RunState run, Ending goal) {
        if (run.ops().values().stream().anyMatch(op -> op.is(OpRun.Status.UNKNOWN) && op.op().order().disruptive())) {
            return UNKNOWN;
        }
        var ended = run.ended();
        return ended != null && ended.ending() == goal ? GOOD : BAD;
    }
}
