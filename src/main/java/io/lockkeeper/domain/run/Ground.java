package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.runbook.RestorePoint;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What must be true before a disruptive order leaves. Each check answers with one sentence when it is not; sentences hold no figures
/// that change from second to second.
final class Ground {
    private final RunState state;
    private final Facts facts;

    Ground(RunState state, Facts facts) {
        this.state = state;
        this.facts = facts;
    }

    /// @param lanesUnderWay how many nodes the run itself keeps out now, this one not counted
    /// @param maxUnavailable how many may be out at once
    Optional<String> objection(Order order, int lanesUnderWay, int maxUnavailable) {
        var node = order.node();
        if (node == null || order instanceof Order.Errand) { // what it does to who serves is not known here
            var first = control().or(this::otherFile);
            return node == null ? first : first.or(() -> identity(node)).or(() -> otherVersion(node));
        }
        return control().or(() -> identity(node)).or(() -> balancers(order, node)).or(() -> drift(order, node))
                .or(() -> otherVersion(node))
                .or(() -> state.rollingBack() ? Optional.empty() : capacity(order, node, lanesUnderWay, maxUnavailable))
                .or(() -> state.rollingBack() ? lastToServe(order, node, lanesUnderWay) : room(order, node));
    }

    /// What an errand does stands in the environment file, and was looked at when the run began.
    private Optional<String> otherFile() {
        return facts.environment().hash().equals(state.start().environmentHash())
                ? Optional.empty()
                : Optional.of("the environment file is not the one this run began with, so this may be something else by now:"
                        + " put it back and start Lockkeeper again, or abort and start anew");
    }

    /// The way back asks for nothing, and neither does what was armed for an abort.
    private Optional<String> control() {
        return facts.controlled() || state.leaving()
                ? Optional.empty()
                : Optional.of("nobody has control of " + facts.environment().name() + ": take control, and it goes on");
    }

    /// The connections of a node must find room on those that are left, as far as the environment file says how much they carry.
    private Optional<String> room(Order order, String node) {
        var capacity = facts.environment().guards().capacity();
        if (!takesOut(order) || isOut(node) || capacity.isEmpty()) {
            return Optional.empty();
        }
        var others = facts.environment().nodeNames().stream()
                .filter(other -> !other.equals(node) && facts.fleet().serves(other, facts.now())).toList();
        if (!capacity.keySet().containsAll(others)) {
            return Optional.empty();
        }
        long room = others.stream().mapToLong(other -> Math.max(0, capacity.getOrDefault(other, 0L) - connections(other))).sum();
        return room >= connections(node)
                ? Optional.empty()
                : Optional.of("the connections of " + node + " would find no room on " + String.join(", ", others)
                        + ", by the capacities in the environment file. It goes on by itself when there is room");
    }

    /// The highest count there is.
    private long connections(String node) {
        long own = facts.fleet().view(node, facts.now()).map(view -> view.connections()).orElse(0L);
        long through = facts.environment().balancers().stream()
                .mapToLong(name -> facts.fleet().balancer(name, facts.now()).map(reading -> reading.sessions(node)).orElse(0L))
                .sum();
        return Math.max(own, through);
    }

    /// The mapping is checked against what the node itself reports: a file for staging whose node says production is refused.
    private Optional<String> identity(String node) {
        var spec = facts.environment().node(node).orElse(null);
        if (spec == null) {
            return Optional.of(node + " is not a node of this environment");
        }
        var view = facts.fleet().view(node, facts.now()).orElse(null);
        if (view == null) {
            return Optional.empty(); // a dead node must still be drainable and restartable; who it is was checked while it answered
        }
        return mismatch(node, "environment", spec.expectEnvironment(), view.environment())
                .or(() -> mismatch(node, "name", spec.expectName(), view.name()));
    }

    private static Optional<String> mismatch(String node, String what, @Nullable String expected, @Nullable String told) {
        if (expected == null || expected.equals(told)) {
            return Optional.empty();
        }
        return Optional
                .of(node + " says its " + what + " is " + (told == null ? "(nothing)" : told) + ", the environment file expects "
                        + expected + ": wrong node map");
    }

    private Optional<String> balancers(Order order, String node) {
        for (var name : facts.environment().balancers()) {
            var concerned = !(order instanceof Order.OfBalancer of) || of.balancer().equals(name);
            if (concerned && facts.fleet().server(name, node, facts.now()).isEmpty()) {
                return Optional.of("balancer " + name + " cannot be read: what it does with " + node + " is not known");
            }
        }
        return Optional.empty();
    }

    /// A process is never stopped under clients that a balancer sends to it although this run had taken it out.
    private Optional<String> drift(Order order, String node) {
        if (!(order instanceof Order.OfLifecycle)) {
            return Optional.empty();
        }
        return state.drifts().values().stream().filter(drift -> drift.node().equals(node)).map(RunState.Drift::why)
                .findFirst();
    }

    /// A node that this run has not touched yet still runs what its restore point says; else the way back would lead to something else.
    private Optional<String> otherVersion(String node) {
        if (state.touched().contains(node)) {
            return Optional.empty();
        }
        var before = state.start().restore().stream().filter(point -> point.node().equals(node)).map(RestorePoint::version)
                .filter(Objects::nonNull).findFirst();
        var now = facts.fleet().view(node, facts.now()).map(view -> view.version());
        return before.isPresent() && now.isPresent() && !now.equals(before)
                ? Optional.of(node + " runs " + now.get() + ", and ran " + before.get() + " when this run began: somebody else"
                        + " deploys here. Find out who; then abort this run and start anew")
                : Optional.empty();
    }

    /// A node that serves nobody is taken from nobody: where several are dead, or all of them, each may be brought back.
    private Optional<String> capacity(Order order, String node, int lanesUnderWay, int maxUnavailable) {
        if (!takesOut(order) || isOut(node) || servesNobody(node)) {
            return Optional.empty();
        }
        var others = facts.environment().nodeNames().stream().filter(other -> !other.equals(node)).toList();
        var serving = others.stream().filter(other -> facts.fleet().serves(other, facts.now())).toList();
        if (serving.size() < Math.max(1, facts.environment().floor())) {
            return Optional.of("only " + (serving.isEmpty() ? "no other node" : String.join(", ", serving))
                    + " would be left serving; at least "
                    + Math.max(1, facts.environment().floor()) + " must be");
        }
        int out = others.size() - serving.size();
        if (Math.max(out, lanesUnderWay) >= maxUnavailable) {
            var missing = others.stream().filter(other -> !serving.contains(other)).toList();
            return Optional.of("already out of service: " + String.join(", ", missing) + "; at most " + maxUnavailable
                    + " may be out at once. It goes on by itself when enough of them serve again");
        }
        return Optional.empty();
    }

    /// A way back takes out the last node that serves only when there is nothing to wait for: no other lane brings one back.
    private Optional<String> lastToServe(Order order, String node, int lanesUnderWay) {
        if (!takesOut(order) || isOut(node) || servesNobody(node)) {
            return Optional.empty();
        }
        var others = facts.environment().nodeNames().stream().filter(other -> !other.equals(node)).toList();
        var inCall = others.stream().filter(other -> ForwardCall
                .of(state, facts, other, path -> state.activePlan().leaf(path).isPresent()).isPresent()).toList();
        boolean another = others.stream().anyMatch(other -> !inCall.contains(other) && facts.fleet().serves(other, facts.now()));
        return another || (lanesUnderWay == 0 && inCall.isEmpty())
                ? Optional.empty()
                : Optional.of("no node would be left serving while another one is put back; it goes on by itself when one serves"
                        + " again");
    }

    /// For certain: a node of which that cannot be read may be the last one that serves.
    private boolean servesNobody(String node) {
        var balancers = facts.environment().balancers();
        return (!balancers.isEmpty() && balancers.stream().allMatch(name -> facts.fleet().server(name, node, facts.now())
                .map(server -> !server.inRotation()).orElse(false)))
                || facts.fleet().view(node, facts.now()).map(view -> Boolean.FALSE.equals(view.ready())).orElse(false);
    }

    private static boolean takesOut(Order order) {
        return order instanceof Order.Drain || order instanceof Order.OfLifecycle;
    }

    private boolean isOut(String node) {
        return facts.environment().balancers().stream().allMatch(name -> facts.fleet().server(name, node, facts.now())
                .map(ServerReading::admin).map(admin -> admin == AdminState.DRAINED || admin == AdminState.MAINTENANCE)
                .orElse(false));
    }
}
