package io.lockkeeper.app;

import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.Settlement;
import java.util.function.Consumer;
import java.util.function.Function;

/// Carries ops out on virtual threads and brings what comes of them back into the session's mailbox.
final class SessionEffects implements Effects {
    private final OpPerformer performer;
    private final Consumer<Runnable> mailbox;
    private final Runnable nudge;
    private final Function<Op, String> reason;
    private final String actor;
    private final Runnable beforeSending;

    /// @param nudge makes the links read at once, so that the screen shows the effect without waiting for the next round
    /// @param reason why the run was started, sent along with each call
    /// @param beforeSending called by the engine's thread
    SessionEffects(OpPerformer performer, Consumer<Runnable> mailbox, Runnable nudge, Function<Op, String> reason, String actor,
            Runnable beforeSending) {
        this.performer = performer;
        this.mailbox = mailbox;
        this.nudge = nudge;
        this.reason = reason;
        this.actor = actor;
        this.beforeSending = beforeSending;
    }

    @Override
    public void start(Op op, Consumer<Outcome> then) {
        beforeSending.run();
        var why = reason.apply(op);
        Thread.ofVirtual().name("op " + op.id()).start(() -> {
            var outcome = performer.perform(op, actor, why);
            mailbox.accept(() -> then.accept(outcome));
            nudge.run();
        });
    }

    @Override
    public void observe(Op op, Consumer<Settlement> then) {
        Thread.ofVirtual().name("look " + op.id()).start(() -> {
            var settlement = performer.observe(op);
            mailbox.accept(() -> then.accept(settlement));
            nudge.run();
        });
    }
}
