package io.lockkeeper.app;

import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ProcessState;
import io.lockkeeper.domain.run.Confirmation;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.Settlement;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Prober;
import io.lockkeeper.port.Reply;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Carries out one op: sends its request once, then reads back until the effect is seen or the deadline has passed. Blocks; runs on a
/// virtual thread. Whatever goes wrong after the request left is an unknown outcome, never a second request.
final class OpPerformer {
    private static final Duration READ_LIMIT = Duration.ofSeconds(3);
    private static final Duration BETWEEN_READS = Duration.ofMillis(250);
    /// Each look at what an errand did may itself be a process.
    private static final Duration BETWEEN_ASKING = Duration.ofSeconds(1);
    /// A command that asks may have to reach something far away.
    private static final Duration ASKING_LIMIT = Duration.ofSeconds(10);

    private final Endpoints endpoints;
    private final Time time;
    private final CountDownLatch closed = new CountDownLatch(1);

    OpPerformer(Endpoints endpoints, Time time) {
        this.endpoints = endpoints;
        this.time = time;
    }

    /// Ends all waiting; ops under way become unknown.
    void close() {
        closed.countDown();
    }

    Outcome perform(Op op, String actor, String reason) {
        long until = time.ticks() + remaining(op.deadline()).toNanos(); // in ticks: the clock may be set while it is under way
        try {
            if (op.order() instanceof Order.Probe(var node)) {
                return endpoints.prober().<Outcome>map(prober -> probe(prober, node, op.deadline()))
                        .orElseGet(() -> new Outcome.Refused("this environment has no probe"));
            }
            var call = new Call(op.id(), actor, reason, op.deadline());
            var reply = switch (op.order()) {
                case Order.OfBalancer order -> endpoints.balancer(order.balancer()).send(order, call);
                case Order.OfLifecycle order -> endpoints.lifecycle().send(order, call);
                case Order.Errand order -> endpoints.errands(order.kind()).send(order, call);
                case Order.Probe _ -> throw new IllegalStateException("probes are not sent");
            };
            return switch (reply) {
                case Reply.Refused(var why) -> new Outcome.Refused(why);
                case Reply.NoAnswer(var why) -> new Outcome.Unknown(why);
                case Reply.Accepted(var words) when asksPerson(op) ->
                    new Outcome.Unknown("it ended without an error (" + words + "); what became of it somebody has to see");
                case Reply.Accepted _ -> confirm(op, until);
            };
        } catch (InterruptedException _) {
            return new Outcome.Unknown("the console stopped while the request was under way");
        } catch (RuntimeException e) {
            return new Outcome.Unknown("the request ended in an error of the console itself: " + e.getClass().getSimpleName());
        }
    }

    private Outcome probe(Prober prober, String node, Instant deadline) {
        try {
            return prober.probe(node, remaining(deadline));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Outcome.Unknown("the console stopped while the probe was under way");
        }
    }

    private Duration remaining(Instant deadline) {
        var left = Duration.between(time.now(), deadline);
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    private Outcome confirm(Op op, long until) throws InterruptedException {
        while (true) {
            var seen = look(op);
            if (seen instanceof Confirmation.InEffect(var evidence)) {
                return new Outcome.Done(evidence);
            }
            if (time.ticks() - until >= 0) {
                return new Outcome.Unknown("accepted, but not seen in effect in time: " + ((Confirmation.NotSeen) seen).why());
            }
            var pause = op.order() instanceof Order.Errand ? BETWEEN_ASKING : BETWEEN_READS;
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Outcome.Unknown("the console stopped before the effect was seen");
            }
        }
    }

    /// One look at the target of an op whose outcome is unknown.
    Settlement observe(Op op) {
        try {
            if (op.order() instanceof Order.Errand order) {
                return observe(op, order);
            }
            var seen = look(op);
            boolean answers = seen instanceof Confirmation.InEffect || answers(op);
            return Conclusion.of(op, seen, answers, settlesWithin(op), time.now());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Settlement.Open("the console stopped while looking");
        }
    }

    /// What another start of this program began may still be running: then nothing speaks for its never having an effect.
    private Settlement observe(Op op, Order.Errand order) throws InterruptedException {
        if (order.asksPerson()) {
            return new Settlement.Open("only a person can tell");
        }
        var read = asked(order);
        var seen = Confirmation.ofErrand(order, read.text(), read.why());
        if (seen instanceof Confirmation.NotSeen(var why) && endpoints.errands(order.kind()).mayStillRun(op.id())) {
            return new Settlement.Open(why + "; it was begun by a console that is gone, and may still be running");
        }
        return Conclusion.of(op, seen, read.text() != null, endpoints.errands(order.kind()).settlesWithin(order), time.now());
    }

    /// @param text `null` when nothing could be read
    private record Asked(@Nullable String text, String why) {}

    private Asked asked(Order.Errand order) throws InterruptedException {
        var kind = order.confirm().kind();
        if (kind == null) {
            return new Asked(null, "only a person can tell");
        }
        try {
            return new Asked(endpoints.errands(kind).read(order, ASKING_LIMIT), "");
        } catch (LinkFault fault) {
            return new Asked(null, fault.why());
        }
    }

    private static boolean asksPerson(Op op) {
        return op.order() instanceof Order.Errand order && order.asksPerson();
    }

    private Duration settlesWithin(Op op) {
        return op.order() instanceof Order.OfLifecycle order ? endpoints.lifecycle().settlesWithin(order) : Duration.ZERO;
    }

    /// Only a target that answers can show that something was not applied.
    private boolean answers(Op op) throws InterruptedException {
        return switch (op.order()) {
            case Order.OfBalancer order -> read(order.balancer()) != null;
            case Order.OfLifecycle order -> view(order.node()) != null || isStopped(order.node());
            case Order.Probe(var node) -> view(node) != null;
            case Order.Errand order -> asked(order).text() != null;
        };
    }

    /// A node whose process is not there will never answer: its lifecycle's word that nothing runs is the answer.
    private boolean isStopped(String node) throws InterruptedException {
        try {
            var process = endpoints.lifecycle().read(READ_LIMIT).get(node);
            return process != null && process.state() == ProcessState.STOPPED;
        } catch (LinkFault _) {
            return false;
        }
    }

    private Confirmation look(Op op) throws InterruptedException {
        return switch (op.order()) {
            case Order.OfBalancer order -> Confirmation.ofBalancer(order, read(order.balancer()));
            case Order.OfLifecycle order -> Confirmation.ofLifecycle(op, view(order.node()));
            case Order.Errand order -> {
                var read = asked(order);
                yield Confirmation.ofErrand(order, read.text(), read.why());
            }
            case Order.Probe _ -> new Confirmation.NotSeen("a probe leaves nothing to look at");
        };
    }

    private @Nullable BalancerReading read(String balancer) throws InterruptedException {
        try {
            return endpoints.balancer(balancer).read(READ_LIMIT);
        } catch (LinkFault _) {
            return null; // the caller says that it could not be read; the link's own state says why
        }
    }

    private @Nullable NodeReading view(String node) throws InterruptedException {
        try {
            return endpoints.view().read(node, READ_LIMIT);
        } catch (LinkFault _) {
            return null;
        }
    }
}
