package io.lockkeeper.domain.run;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Stragglers;
import io.lockkeeper.domain.runbook.Verb;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What follows by itself inside one action step: the next order, the end of the step, or nothing.
final class ActionWalk {
    /// On top of the time that closing at the asked rate takes.
    private static final Duration CLOSE_SLACK = Duration.ofSeconds(30);

    private final RunState state;
    private final Facts facts;
    private final Step.Action action;
    private final StepRun run;
    private final List<OpRun> ops;

    ActionWalk(RunState state, Facts facts, Step.Action action, StepRun run) {
        this.state = state;
        this.facts = facts;
        this.action = action;
        this.run = run;
        this.ops = state.opsOf(action.path(), run.attempt());
    }

    List<RunEvent> events(int lanesUnderWay, int maxUnavailable) {
        if (!run.released() || ops.stream().anyMatch(OpRun::undecided)) {
            return List.of();
        }
        var bad = ops.stream().filter(this::endsTheStep).findFirst();
        if (bad.isPresent()) {
            return List.of(failed(StepState.FAILED, bad.get().op().order().verb() + " " + bad.get().op().order().target()
                    + (bad.get().is(OpRun.Status.REFUSED) ? " was refused: " : " was not applied: ") + bad.get().words()));
        }
        if (ops.isEmpty() && mayBeThere() && !viewIsNew()) {
            return List.of();
        }
        var already = ops.isEmpty() ? alreadyThere() : Optional.<String>empty();
        if (already.isPresent()) {
            return List.of(new RunEvent.StepSucceeded(facts.now(), action.path(), already.get()));
        }
        if (ops.isEmpty() && needsVersion() && version().isEmpty()) {
            return List.of(failed(StepState.FAILED, "nobody knows which version to put on " + action.node()));
        }
        var next = orders().filter(order -> ops.stream().noneMatch(op -> op.op().order().equals(order))).findFirst();
        if (next.isPresent()) {
            return order(next.get(), facts.now().plus(action.timeout()), lanesUnderWay, maxUnavailable);
        }
        return action.verb() == Verb.DRAIN ? drain() : List.of(succeeded());
    }

    /// Sessions that could not all be closed are asked about again; any other order that is not in effect ends the attempt.
    private boolean endsTheStep(OpRun op) {
        boolean closing = action.verb() == Verb.DRAIN && op.op().order() instanceof Order.CloseSessions;
        return op.is(OpRun.Status.REFUSED) || (op.is(OpRun.Status.NOT_APPLIED) && !closing);
    }

    private RunEvent succeeded() {
        return new RunEvent.StepSucceeded(facts.now(), action.path(), String.join("; ", ops.stream().map(OpRun::words).toList()));
    }

    private RunEvent failed(StepState as, String why) {
        return new RunEvent.StepFailed(facts.now(), action.path(), as, why);
    }

    private boolean mayBeThere() {
        return action.verb() == Verb.ROLLBACK || (action.verb() == Verb.DRAIN && state.rollingBack());
    }

    /// Rolling back a node that already runs its old version, or draining it for that, would only cut its clients once more.
    private Optional<String> alreadyThere() {
        var wanted = action.verb() == Verb.ROLLBACK ? action.version() : restoreVersion();
        boolean hasToGoOut = action.verb() == Verb.DRAIN && isInWhereItWasOut();
        if (!mayBeThere() || wanted == null || hasToGoOut || blockedByForwardOp().isPresent()) {
            return Optional.empty();
        }
        return facts.fleet().view(action.node(), facts.now())
                .filter(view -> Boolean.TRUE.equals(view.ready()) && wanted.equals(view.version()))
                .map(_ -> action.node() + " already runs " + wanted + ": its clients stay");
    }

    /// Some balancer sends clients to the node that did not before the run.
    private boolean isInWhereItWasOut() {
        return restorePoint().map(point -> facts.environment().balancers().stream()
                .anyMatch(balancer -> point.wasOutAt(balancer) && facts.fleet().server(balancer, action.node(), facts.now())
                        .map(server -> server.admin() == AdminState.ENABLED).orElse(true)))
                .orElse(false);
    }

    /// The node was read, or found silent, since this attempt began: an older reading may be of the life before the last one.
    private boolean viewIsNew() {
        var sight = facts.fleet().views().get(action.node());
        var entered = run.enteredAt();
        return sight == null || entered == null || sight instanceof Sight.Unseen || sight.isReadSince(entered);
    }

    private boolean needsVersion() {
        return action.verb() == Verb.DEPLOY || action.verb() == Verb.ROLLBACK;
    }

    private Optional<String> version() {
        return Optional.ofNullable(action.version()).flatMap(state::answer);
    }

    private @Nullable String restoreVersion() {
        return restorePoint().map(RestorePoint::version).orElse(null);
    }

    private Optional<RestorePoint> restorePoint() {
        return state.start().restore().stream().filter(point -> point.node().equals(action.node())).findFirst();
    }

    /// Into rotation; on the way back only where it was before the run, and with the weight that it had.
    private Stream<Order> enable() {
        var node = action.node();
        var point = restorePoint().filter(_ -> state.rollingBack()).orElse(null);
        return facts.environment().balancers().stream().filter(balancer -> point == null || !point.wasOutAt(balancer))
                .flatMap(balancer -> Stream.concat(point == null ? Stream.empty() : weight(point, balancer).stream(),
                        Stream.of(new Order.Enable(node, balancer))));
    }

    /// A share that this run has given, taken back.
    private Optional<Order> weight(RestorePoint point, String balancer) {
        var before = point.weight().get(balancer);
        boolean shared = state.ops().values().stream().anyMatch(op -> op.op().order() instanceof Order.Share share
                && share.node().equals(point.node()) && share.balancer().equals(balancer));
        return before == null || !shared
                ? Optional.empty()
                : facts.fleet().server(balancer, point.node(), facts.now())
                        .filter(server -> server.weight() != before && server.normalWeight() > 0)
                        .map(server -> new Order.Share(point.node(), balancer,
                                Math.clamp(Math.round(100f * before / server.normalWeight()), 0, 100)));
    }

    /// What the action orders, as far as the version is known.
    Stream<Order> orders() {
        var node = action.node();
        var everywhere = facts.environment().balancers().stream();
        return switch (action.verb()) {
            case DRAIN -> everywhere.map(balancer -> new Order.Drain(node, balancer));
            case ENABLE -> enable();
            case SHARE ->
                everywhere.map(balancer -> new Order.Share(node, balancer, action.percent() == null ? 100 : action.percent()));
            case CLOSE_SESSIONS -> everywhere.map(balancer -> new Order.CloseSessions(node, balancer,
                    action.drain() == null ? 10 : action.drain().perSecond(), facts.environment().closeCode()));
            case RESTART -> Stream.of(new Order.Restart(node));
            case DEPLOY, ROLLBACK -> version().<Order>map(wanted -> new Order.Deploy(node, wanted)).stream();
        };
    }

    private List<RunEvent> order(Order order, Instant deadline, int lanesUnderWay, int maxUnavailable) {
        if (state.held() != null) {
            return List.of();
        }
        if (order instanceof Order.OfLifecycle && !viewIsNew()) {
            return List.of();
        }
        var objection = blockedByForwardOp().or(() -> unsettled(order))
                .or(() -> ops.isEmpty() ? Guarded.objection(state, facts) : Optional.empty())
                .or(() -> new Ground(state, facts).objection(order, lanesUnderWay, maxUnavailable));
        if (objection.isPresent()) {
            return run.state() == StepState.BLOCKED && run.words().equals(objection.get())
                    ? List.of()
                    : List.of(new RunEvent.StepBlocked(facts.now(), action.path(), objection.get()));
        }
        long same = ops.stream()
                .filter(op -> op.op().order().verb().equals(order.verb()) && op.op().order().target().equals(order.target()))
                .count();
        var id = Op.id(state.run(), action.path(), order, run.attempt()) + (same == 0 ? "" : "." + (same + 1));
        var op = new Op(id, action.path(), order, run.attempt(), state.incarnation(),
                facts.now(), deadline, facts.fleet().view(action.node(), facts.now()).orElse(null));
        return List.of(new RunEvent.OpIntended(facts.now(), op));
    }

    /// Another order of this run to the same target that may still take effect would undo this one. The way back waits only for its
    /// deadline, and looks again afterwards.
    private Optional<String> unsettled(Order order) {
        return state.rollingBack()
                ? Optional.empty()
                : state.undecided().stream().map(OpRun::op)
                        .filter(op -> !op.path().equals(action.path()) && op.order().target().equals(order.target())).findFirst()
                        .map(op -> "waits until it is known what became of " + op.order().verb() + " " + op.order().target());
    }

    private Optional<String> blockedByForwardOp() {
        return blockedByForwardOp(state, facts, action.path(), action.node());
    }

    /// On the way back: a call of the forward run that is still in flight on this node, until its own deadline has passed.
    ///
    /// @param path the step of the way back that waits
    static Optional<String> blockedByForwardOp(RunState state, Facts facts, String path, @Nullable String node) {
        return Optional.ofNullable(node).flatMap(one -> ForwardCall.of(state, facts, one, path::equals))
                .map(op -> "waits for " + op.op().order().verb() + " " + op.op().order().target() + ", in flight until "
                        + op.op().deadline().truncatedTo(ChronoUnit.SECONDS));
    }

    private List<RunEvent> drain() {
        var terms = action.drain();
        var watch = run.drain();
        if (watch == null) {
            return drainBegan(terms);
        }
        var proof = DrainProof.of(watch, facts);
        if (isForgotten()) {
            return watch.emptySince() == null
                    ? List.of()
                    : List.of(new RunEvent.GateBroken(facts.now(), action.path(), reading(proof, false)));
        }
        var end = proved(watch, proof);
        if (!end.isEmpty()) {
            return end;
        }
        if (watch.choice() instanceof StragglerChoice.GiveUp) {
            return List
                    .of(failed(StepState.FAILED, "given up with at least " + proof.left() + " clients still on " + action.node()
                            + "; it stays drained"));
        }
        if (watch.choice() instanceof StragglerChoice.Close(int perSecond, int code)) {
            var close = facts.environment().balancers().stream()
                    .map(name -> new Order.CloseSessions(action.node(), name, perSecond, code))
                    .filter(order -> ops.stream().noneMatch(op -> op.op().order().equals(order) && isSinceDecision(op, watch)))
                    .findFirst();
            if (close.isPresent() && !proof.empty()) {
                return order(close.get(), watch.deadline(), 0, Integer.MAX_VALUE);
            }
        }
        return atDeadline(watch, proof);
    }

    /// Clients are followed by name where the feed tells their names. One that was lost a moment ago, or not read yet since a start, is
    /// waited for as long as a reading is fresh: without it the proof could only be by count.
    private List<RunEvent> drainBegan(Step.@Nullable DrainTerms terms) {
        boolean named = facts.environment().can(Capability.SESSIONS);
        if (named && facts.fleet().roll() instanceof Sight.Unseen<SessionRoll>(_, var since, _) && !facts.now().isBefore(since)
                && since.plus(Fleet.FRESH).isAfter(facts.now())) {
            return List.of();
        }
        var roll = named ? facts.fleet().roll().fresh(facts.now(), Fleet.FRESH) : Optional.<SessionRoll>empty();
        return List.of(new RunEvent.DrainBegan(facts.now(), action.path(), action.node(),
                roll.map(sessions -> List.copyOf(sessions.on(action.node()))).orElse(List.of()), roll.isPresent(),
                facts.now().plus(terms == null ? Duration.ZERO : terms.deadline())));
    }

    /// A node to which some balancer sends new clients again is not drained, however empty it is at the moment.
    private boolean isForgotten() {
        return state.drifts().values().stream()
                .anyMatch(drift -> drift.node().equals(action.node()) && drift.expected() == AdminState.DRAINED);
    }

    private static boolean isSinceDecision(OpRun op, StepProgress.DrainWatch watch) {
        return watch.decidedAt() == null || !op.op().intendedAt().isBefore(watch.decidedAt());
    }

    private List<RunEvent> proved(StepProgress.DrainWatch watch, DrainProof proof) {
        var account = proof.account();
        if (proof.empty() && account != null) {
            return account.closed() ? List.of(drained(proof)) : List.of();
        }
        var events = new ArrayList<RunEvent>();
        if (proof.empty()) {
            if (watch.emptySince() == null) {
                events.add(new RunEvent.GateHolding(facts.now(), action.path(), reading(proof, true)));
            } else if (!watch.emptySince().plus(DrainProof.AGREE).isAfter(facts.now())) {
                events.add(drained(proof));
            }
        } else if (watch.emptySince() != null) {
            events.add(new RunEvent.GateBroken(facts.now(), action.path(), reading(proof, false)));
        }
        return events;
    }

    private RunEvent drained(DrainProof proof) {
        return new RunEvent.StepSucceeded(facts.now(), action.path(), proof.sentence(action.node()));
    }

    private Reading reading(DrainProof proof, boolean empty) {
        var verdict = empty
                ? Verdict.PASS
                : proof.fresh() ? Verdict.FAIL : Verdict.STALE;
        return new Reading(verdict, proof.counts().size(), String.valueOf(proof.left()), facts.now(),
                String.join(", ", proof.counts()));
    }

    private List<RunEvent> atDeadline(StepProgress.DrainWatch watch, DrainProof proof) {
        boolean asked = watch.stragglers() != null && watch.choice() == null;
        boolean emptying = watch.emptySince() != null
                || (proof.empty() && proof.account() != null && proof.account().stragglers() == 0);
        boolean stillReading = !proof.fresh() && watch.deadline().plus(Fleet.FRESH).isAfter(facts.now());
        if (asked || emptying || stillReading || watch.deadline().isAfter(facts.now())) {
            return List.of();
        }
        var terms = action.drain();
        var policy = terms == null ? Stragglers.ASK : terms.stragglers();
        if (policy == Stragglers.CLOSE && watch.choice() == null) {
            return List.of(new RunEvent.StragglersDecided(facts.now(), action.path(), "runbook",
                    new StragglerChoice.Close(terms == null ? 10 : terms.perSecond(), facts.environment().closeCode()),
                    closeDeadline(terms == null ? 10 : terms.perSecond(), proof.left())));
        }
        if (policy == Stragglers.GIVE_UP) {
            return List.of(failed(StepState.TIMED_OUT, "at least " + proof.left() + " clients were still there at the deadline; "
                    + action.node() + " stays drained"));
        }
        return List.of(new RunEvent.StragglersFound(facts.now(), action.path(), proof.left(),
                (proof.account() == null ? "" : proof.account().words() + "; ") + String.join(", ", proof.counts())));
    }

    private Instant closeDeadline(int perSecond, long left) {
        return closeDeadline(facts, perSecond, left);
    }

    static Instant closeDeadline(Facts facts, int perSecond, long left) {
        return facts.now().plusSeconds(left / Math.max(1, perSecond) + 1).plus(CLOSE_SLACK);
    }
}
