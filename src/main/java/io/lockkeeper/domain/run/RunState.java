package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A run: always the fold of its journal, never stored.
///
/// @param incarnation of the engine that owns the run now; 0 before the first
/// @param held who or what holds it; `null` while it goes on
/// @param steps by path, those of the way back included once it was ordered
/// @param ops by id, in the order intended
/// @param expected what this run ordered last and saw in effect, by `node@balancer`
/// @param drifts where a balancer no longer has it, by `node@balancer`
/// @param skippedLanes paths of lanes a person took out
/// @param wayBack the way back as ordered; `null` before
/// @param aborting who ended it, while what the runbook does then is walked; `null` otherwise
/// @param ended `null` while it is open
public record RunState(RunEvent.RunStarted start, long incarnation, @Nullable Hold held, Map<String, StepRun> steps,
        Map<String, OpRun> ops,
        Map<String, Expected> expected, Map<String, Drift> drifts, Set<String> skippedLanes, @Nullable WayBack wayBack,
        @Nullable Hold aborting, RunEvent.@Nullable RunEnded ended) {
    public record Hold(String actor, String reason, Instant since) {}

    /// @param since when it was seen in effect; only readings begun later can speak against it
    public record Expected(AdminState state, Instant since) {}

    public record Drift(String node, String balancer, AdminState expected, AdminState seen, String why, Instant since) {}

    /// @param plan the prepared way back, cut down to the touched nodes and in their order
    public record WayBack(String actor, String reason, Plan plan, List<String> warnings, Instant since) {}

    public RunState {
        steps = SharedMap.of(steps);
        ops = SharedMap.of(ops);
        expected = SharedMap.sorted(expected);
        drifts = SharedMap.sorted(drifts);
        skippedLanes = Set.copyOf(skippedLanes);
    }

    public String run() {
        return start.run();
    }

    public boolean open() {
        return ended == null;
    }

    public boolean rollingBack() {
        return wayBack != null;
    }

    /// Nothing forward is done any more: it goes back, or what is done on abort is under way.
    public boolean leaving() {
        return wayBack != null || aborting != null;
    }

    /// The plan that is being walked now: the way back once it was ordered, what is done on abort once that was, else the runbook's.
    public Plan activePlan() {
        var onAbort = start.onAbort();
        return aborting != null && onAbort != null ? onAbort : wayBack == null ? start.plan() : wayBack.plan();
    }

    /// What *roll back* would walk now: past a point of no return it is what was said there. `null` where nothing is.
    public @Nullable Plan preparedWayBack() {
        return passedNoReturn().map(point -> start.onward().get(point.path())).orElse(start.wayBack());
    }

    /// The newest point of no return that was passed.
    public Optional<Step.PointOfNoReturn> passedNoReturn() {
        return start.plan().leaves().stream()
                .filter(step -> step instanceof Step.PointOfNoReturn && step(step.path()).state() == StepState.SUCCEEDED)
                .map(Step.PointOfNoReturn.class::cast).reduce((_, later) -> later);
    }

    /// A value that a person gave: the text itself where it is none. `$path#item` is an item's value, `$path` the choice of a decision.
    public Optional<String> answer(String text) {
        if (!text.startsWith("$")) {
            return Optional.of(text);
        }
        int item = text.lastIndexOf('#');
        return item < 0
                ? Optional.ofNullable(step(text.substring(1)).choice())
                : Optional.ofNullable(step(text.substring(1, item)).ticks().get(text.substring(item + 1)))
                        .map(StepRun.Tick::value);
    }

    /// Steps that are to be walked as things stand: of a decision only what was chosen.
    public List<Step> leaves(List<Step> steps) {
        var leaves = new ArrayList<Step>();
        for (var step : steps) {
            switch (step) {
                case Step.ForEach each -> each.lanes().forEach(lane -> leaves.addAll(leaves(lane.steps())));
                case Step.Decision decision -> {
                    leaves.add(decision);
                    chosen(decision).ifPresent(choice -> leaves.addAll(leaves(choice.steps())));
                }
                default -> leaves.add(step);
            }
        }
        return leaves;
    }

    /// Paths of the steps that a decision passed over.
    public Set<String> notChosen() {
        var paths = new HashSet<String>();
        for (var step : activePlan().leaves()) {
            if (step instanceof Step.Decision decision && chosen(decision).isPresent()) {
                decision.choices().stream().filter(choice -> !choice.equals(chosen(decision).get()))
                        .forEach(choice -> new Plan("", "", choice.steps()).leaves().forEach(leaf -> paths.add(leaf.path())));
            }
        }
        return paths;
    }

    public Optional<Step.Choice> chosen(Step.Decision decision) {
        return Optional.ofNullable(step(decision.path()).choice())
                .flatMap(id -> decision.choices().stream().filter(choice -> choice.id().equals(id)).findFirst());
    }

    public StepRun step(String path) {
        var known = steps.get(path);
        return known == null ? StepRun.notStarted(path, start.at()) : known;
    }

    /// The plan's own text of a step, forward or back.
    public Optional<Step> text(String path) {
        return activePlan().leaf(path).or(() -> start.plan().leaf(path))
                .or(() -> wayBack == null ? Optional.empty() : wayBack.plan().leaf(path));
    }

    /// Steps that were entered and have not ended, in plan order: one per lane that is under way. After them those that the plan has
    /// left behind, and whose orders may still take effect.
    public List<StepRun> current() {
        var inPlan = entered(StepRun::isUnderWay);
        var undecided = undecided();
        return undecided.isEmpty()
                ? inPlan
                : Stream.concat(inPlan.stream(), undecided.stream().map(op -> op.op().path()).distinct()
                        .filter(path -> activePlan().leaf(path).isEmpty()).map(this::step).filter(StepRun::isUnderWay)).toList();
    }

    /// Orders that changed something or may still do so: no run ends well before each of them is known.
    public List<OpRun> undecided() {
        var undecided = new ArrayList<OpRun>();
        for (var op : ops.values()) {
            if (op.undecided() && op.op().order().disruptive()) {
                undecided.add(op);
            }
        }
        return undecided;
    }

    /// Whether the run has gone on without a step whose order may still take effect, and waits with its end until that is known.
    public boolean holdsUpTheEnd(String path) {
        return aborting == null && activePlan().leaf(path).isEmpty()
                && undecided().stream().anyMatch(op -> op.op().path().equals(path));
    }

    /// Steps that went wrong and about which nobody has decided yet.
    public List<StepRun> stopped() {
        return entered(step -> step.state() == StepState.FAILED || step.state() == StepState.TIMED_OUT);
    }

    /// Asked at every look: a plan has many steps, and hardly any of them is under way.
    private List<StepRun> entered(Predicate<StepRun> wanted) {
        var found = new ArrayList<StepRun>();
        for (var step : steps.values()) {
            if (wanted.test(step)) {
                found.add(step);
            }
        }
        return found.isEmpty()
                ? found
                : found.size() == 1
                        ? activePlan().leaf(found.getFirst().path()).isPresent() ? found : List.of()
                        : activePlan().leaves().stream().map(step -> step(step.path())).filter(wanted).toList();
    }

    /// Ops of one attempt of a step, in the order intended.
    public List<OpRun> opsOf(String path, int attempt) {
        return ops.values().stream().filter(op -> op.op().path().equals(path) && op.op().attempt() == attempt).toList();
    }

    /// Nodes to which this run did, or may have done, something disruptive, in the order first touched.
    public List<String> touched() {
        return ops.values().stream().filter(op -> op.op().order().disruptive())
                .flatMap(op -> Stream.ofNullable(op.op().order().node())).distinct().toList();
    }
}
