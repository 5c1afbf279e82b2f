package io.lockkeeper.app.simulation;

import io.lockkeeper.app.Conclusion;
import io.lockkeeper.app.Effects;
import io.lockkeeper.domain.run.Confirmation;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/// Calls from one start of the engine to a model: each is sent once, has its fate, and is confirmed by reading back. What is under way
/// when the engine is killed goes on; only nobody hears of it.
public final class ControlCalls implements Effects {
    static final Duration LIFECYCLE_SETTLES = Duration.ofMinutes(4);
    private static final Duration TRAVEL = Duration.ofMillis(20);
    private static final Duration READ = Duration.ofMillis(30);
    private static final Duration GIVEN_UP = Duration.ofSeconds(1);
    private static final Duration PROBE = Duration.ofMillis(50);
    private static final int QUICK_READS = 20;

    private final ModelService service;
    private final VirtualTime time;
    private final Function<Op, Fate> fates;
    private boolean cut;

    /// @param fates asked once for each call
    public ControlCalls(ModelService service, Function<Op, Fate> fates) {
        this.service = service;
        this.time = service.model().time();
        this.fates = fates;
    }

    /// Nobody listens any more.
    void cut() {
        cut = true;
    }

    private <T> void tell(Consumer<T> then, T what) {
        if (!cut) {
            then.accept(what);
        }
    }

    @Override
    public void start(Op op, Consumer<Outcome> then) {
        service.received().add(op);
        if (op.order() instanceof Order.Probe(var node)) {
            time.in(PROBE, () -> tell(then, probe(node)));
            return;
        }
        var untilDeadline = Duration.between(time.now(), op.deadline());
        switch (fates.apply(op)) {
            case FINE -> carriedOut(op, then, TRAVEL);
            case APPLIED_TWICE -> {
                carriedOut(op, then, TRAVEL);
                time.in(TRAVEL.multipliedBy(3), () -> service.apply(op));
            }
            case NOT_SENT -> time.in(GIVEN_UP, () -> tell(then, new Outcome.Unknown("connection reset")));
            case REFUSED -> time.in(TRAVEL, () -> tell(then, new Outcome.Refused("the model says no")));
            case REPLY_LOST -> unknown(op, then, TRAVEL, GIVEN_UP, "connection reset");
            case APPLIED_LATE -> unknown(op, then, lateBy(untilDeadline), GIVEN_UP, "timed out");
            case APPLIED_AFTER_DEADLINE -> unknown(op, then, afterDeadline(op, untilDeadline), GIVEN_UP, "timed out");
            case NONSENSE -> unknown(op, then, TRAVEL, TRAVEL, "the answer cannot be read");
            case NONSENSE_AND_NOT_APPLIED ->
                time.in(TRAVEL, () -> tell(then, new Outcome.Unknown("the answer cannot be read")));
            case HUNG -> unknown(op, then, TRAVEL, untilDeadline, "no answer until the deadline");
            case HUNG_AND_NOT_APPLIED ->
                time.in(untilDeadline, () -> tell(then, new Outcome.Unknown("no answer until the deadline")));
        }
    }

    private static Duration lateBy(Duration untilDeadline) {
        return Duration.ofMillis(Math.max(0, Math.min(2_500, untilDeadline.toMillis() / 2)));
    }

    private static Duration afterDeadline(Op op, Duration untilDeadline) {
        if (op.order() instanceof Order.Errand) {
            return untilDeadline.plus(LIFECYCLE_SETTLES.dividedBy(2));
        }
        boolean settlesLater = op.order() instanceof Order.OfLifecycle && LIFECYCLE_SETTLES.compareTo(untilDeadline) > 0;
        return settlesLater ? untilDeadline.plus(LIFECYCLE_SETTLES).dividedBy(2) : lateBy(untilDeadline);
    }

    private void unknown(Op op, Consumer<Outcome> then, Duration applied, Duration told, String why) {
        time.in(applied, () -> service.apply(op));
        time.in(told, () -> tell(then, new Outcome.Unknown(why)));
    }

    private void carriedOut(Op op, Consumer<Outcome> then, Duration after) {
        time.in(after, () -> service.apply(op));
        time.in(after.plus(READ), () -> confirm(op, then, 0));
    }

    private void confirm(Op op, Consumer<Outcome> then, int reads) {
        if (cut) {
            return;
        }
        if (op.order() instanceof Order.Errand errand && errand.asksPerson()) {
            tell(then, new Outcome.Unknown("it ended without an error; what became of it somebody has to see"));
            return;
        }
        switch (look(op)) {
            case Confirmation.InEffect(var evidence) -> tell(then, new Outcome.Done(evidence));
            case Confirmation.NotSeen(var why) when !time.now().isBefore(op.deadline()) ->
                tell(then, new Outcome.Unknown("accepted, but not seen in effect in time: " + why));
            case Confirmation.NotSeen _ -> {
                var left = Duration.between(time.now(), op.deadline());
                var pause = Duration.ofMillis(reads < QUICK_READS ? 250 : 2_000);
                time.in(left.compareTo(pause) < 0 ? left : pause, () -> confirm(op, then, reads + 1));
            }
        }
    }

    private Outcome probe(String node) {
        var one = service.model().node(node);
        return one.resumesSessions()
                ? new Outcome.Probed(true, "resumed in 41 ms")
                : new Outcome.Probed(false, one.isUp() ? "handshake refused: HTTP 503" : "connection refused");
    }

    private Confirmation look(Op op) {
        return switch (op.order()) {
            case Order.OfBalancer order -> Confirmation.ofBalancer(order, service.model().read(order.balancer()).orElse(null));
            case Order.OfLifecycle order -> Confirmation.ofLifecycle(op, service.model().view(order.node()).orElse(null));
            case Order.Errand order -> Confirmation.ofErrand(order,
                    service.hasCarriedOut(order) ? order.confirm().expected() : "not yet", "");
            case Order.Probe _ -> new Confirmation.NotSeen("a probe leaves nothing to look at");
        };
    }

    private boolean answers(Op op) {
        return switch (op.order()) {
            case Order.OfBalancer order -> service.model().read(order.balancer()).isPresent();
            case Order.OfLifecycle order -> service.model().view(order.node()).isPresent();
            case Order.Errand _ -> true;
            case Order.Probe(var node) -> service.model().view(node).isPresent();
        };
    }

    @Override
    public void observe(Op op, Consumer<Settlement> then) {
        time.in(READ, () -> tell(then, conclude(op, time.now())));
    }

    private Settlement conclude(Op op, Instant now) {
        return Conclusion.of(op, look(op), answers(op), LIFECYCLE_SETTLES, now);
    }
}
