package io.lockkeeper.domain.run;

import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A step of a run that has not begun, on the ground as it is now.
///
/// @param orders what it would order, in that order; empty where nothing is, or where the version is not known before somebody gives it
/// @param objections what speaks against ordering that now; only for the first order to each node, later ones meet another ground
/// @param readings of a gate or a soak: what its checks read now
public record Outlook(Step step, List<Order> orders, List<String> objections, List<Reading> readings) {
    private static final Duration LONG_AGO = Duration.ofDays(1);

    public Outlook {
        orders = List.copyOf(orders);
        objections = List.copyOf(objections);
        readings = List.copyOf(readings);
    }

    /// Every step of the plan, with those of every choice of its decisions; forEach steps themselves are left out.
    public static List<Outlook> of(Plan plan, RunState state, Facts facts) {
        var looking = new Looking(state, facts);
        looking.at(plan.steps(), Integer.MAX_VALUE);
        return List.copyOf(looking.seen);
    }

    private static final class Looking {
        private final RunState state;
        private final Facts facts;
        private final Set<String> nodes = new HashSet<>();
        private final List<Outlook> seen = new ArrayList<>();

        Looking(RunState state, Facts facts) {
            this.state = state;
            this.facts = facts;
        }

        void at(List<Step> steps, int maxUnavailable) {
            for (var step : steps) {
                switch (step) {
                    case Step.ForEach each -> each.lanes().forEach(lane -> at(lane.steps(), each.maxUnavailable()));
                    case Step.Decision decision -> {
                        seen.add(new Outlook(step, List.of(), List.of(), List.of()));
                        decision.choices().forEach(choice -> at(choice.steps(), maxUnavailable));
                    }
                    case Step.Action action -> seen.add(action(action, maxUnavailable));
                    case Step.Errand errand -> seen.add(errand(errand, maxUnavailable));
                    case Step.Gate gate ->
                        seen.add(new Outlook(step, List.of(), List.of(), List.of(reading(gate.path(), gate.check()))));
                    case Step.Soak soak -> seen.add(new Outlook(step, List.of(), List.of(),
                            soak.checks().stream().map(check -> reading(soak.path(), check)).toList()));
                    default -> seen.add(new Outlook(step, List.of(), List.of(), List.of()));
                }
            }
        }

        private Outlook action(Step.Action action, int maxUnavailable) {
            var orders = new ActionWalk(state, facts, action, state.step(action.path())).orders().toList();
            var against = nodes.add(action.node()) ? objections(orders, maxUnavailable) : List.<String>of();
            return new Outlook(action, orders, against, List.of());
        }

        private Outlook errand(Step.Errand errand, int maxUnavailable) {
            var orders = ErrandWalk.order(errand, state).<Order>map(order -> order).stream().toList();
            var node = errand.node();
            boolean first = node == null || nodes.add(node);
            return new Outlook(errand, orders, first ? objections(orders, maxUnavailable) : List.of(), List.of());
        }

        private List<String> objections(List<Order> orders, int maxUnavailable) {
            return orders.stream().flatMap(order -> new Ground(state, facts).objection(order, 0, maxUnavailable).stream())
                    .distinct()
                    .toList();
        }

        /// As if the step had begun before anything was read: a gate of a run believes only what was read since.
        private Reading reading(String path, Step.Check check) {
            var entered = RunMachine.evolve(state, new RunEvent.StepEntered(facts.now().minus(LONG_AGO), path, 1));
            return GateJudge.judge(check, path, entered, facts);
        }
    }
}
