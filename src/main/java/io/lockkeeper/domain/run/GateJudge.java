package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Ratio;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a gate's condition is worth at this moment. Absence is never a pass: what is not freshly read is STALE, what was never read is
/// NO_DATA.
public final class GateJudge {
    /// So many refused resumes in a row, with none that worked, fail a probe gate before its time is over.
    static final int REFUSED_IN_A_ROW = 3;

    private final String path;
    private final RunState state;
    private final Facts facts;

    GateJudge(String path, RunState state, Facts facts) {
        this.path = path;
        this.state = state;
        this.facts = facts;
    }

    /// The verdict on a gate of this run now, for display as for decision.
    public static Reading judge(Step.Gate gate, RunState state, Facts facts) {
        return judge(gate.check(), gate.path(), state, facts);
    }

    /// The verdict on one check of the step at `path` now.
    public static Reading judge(Step.Check check, String path, RunState state, Facts facts) {
        return judge(check, 0, path, state, facts);
    }

    /// @param number of the check in its step
    static Reading judge(Step.Check check, int number, String path, RunState state, Facts facts) {
        return check.signal().ofClients()
                ? new FeltJudge(path, number, state, facts).judge(check)
                : new GateJudge(path, state, facts).judge(check);
    }

    private Reading judge(Step.Check gate) {
        var node = gate.node() == null ? "" : gate.node();
        return switch (gate.signal()) {
            case NODE_READY -> ofView(gate, node, NodeReading::ready, "ready");
            case NODE_VERSION -> ofView(gate, node, NodeReading::version, "version");
            case NODE_CONNECTIONS -> ofView(gate, node, NodeReading::connections, "own connection count");
            case NODE_ADMIN -> ofServers(gate, node, server -> server.admin().words());
            case NODE_OBSERVED -> ofServers(gate, node, server -> server.observed().words());
            case NODE_SESSIONS -> ofSessions(gate, node);
            case NODE_MOVED -> ofAccount(gate, node);
            case FLEET_SERVING -> ofFleet(gate);
            case METRICS -> gate.condition() instanceof Condition.Metric metric
                    ? new MetricJudge(facts, since()).judge(gate, metric)
                    : nothing("no metric is named");
            case FLEET_SHARE -> new VersionShares(state, facts, since()).judge(gate);
            case PROBE_RESUMED -> ofProbes(gate, node);
            case PROBE_SHARE -> ofProbeShare(gate, node);
            case RECONNECT_SUCCESS, RECONNECT_TIME, SESSION_CONTINUITY, MESSAGES_LOST, MESSAGES_DUPLICATED, CLIENTS_DISCONNECTED,
                    AVAILABILITY, TRIGGERS_QUIET ->
                throw new IllegalArgumentException(gate.signal().key());
        };
    }

    private <T> Reading ofView(Step.Check gate, String node, Function<NodeReading, @Nullable T> fact, String name) {
        var sight = facts.fleet().views().get(node);
        if (sight == null) {
            return nothing(node + " is not in view");
        }
        return seen(gate, node + "'s " + name, sight, fact);
    }

    private <T, V> Reading seen(Step.Check gate, String what, Sight<V> sight, Function<V, @Nullable T> fact) {
        var fresh = sight.fresh(facts.now(), Fleet.FRESH);
        if (fresh.isEmpty()) {
            return old(what, sight);
        }
        if (!sight.isReadSince(since())) {
            return nothing(what + " has not been read since the gate began");
        }
        var value = fact.apply(fresh.get());
        return value == null
                ? new Reading(Verdict.NO_DATA, 0, "", sight.readAt().orElse(null), what + " is not told")
                : value(gate, value, sight.readAt().orElse(facts.now()), what);
    }

    private Instant since() {
        var entered = state.step(path).enteredAt();
        return entered == null ? facts.now() : entered;
    }

    private Reading old(String what, Sight<?> sight) {
        var why = sight instanceof Sight.Unseen<?>(var cause, _, _) ? ": " + cause : "";
        return sight.readAt().map(at -> new Reading(Verdict.STALE, 1, "", at, what + " is " + age(at) + " old" + why))
                .orElseGet(() -> nothing(what + " was never read" + why));
    }

    private String age(Instant at) {
        return Duration.between(at, facts.now()).toSeconds() + " s";
    }

    private static Reading nothing(String why) {
        return new Reading(Verdict.NO_DATA, 0, "", null, why);
    }

    /// The worst balancer decides: the condition must hold on all of them.
    private Reading ofServers(Step.Check gate, String node, Function<ServerReading, String> fact) {
        Reading worst = nothing("no balancer is configured");
        for (var name : facts.environment().balancers()) {
            var sight = facts.fleet().balancers().get(name);
            var one = sight == null
                    ? nothing(name + " is not in view")
                    : seen(gate, node + " at " + name, sight,
                            reading -> Optional.ofNullable(reading.servers().get(node)).map(fact)
                                    .orElse(null));
            if (one.verdict() != Verdict.PASS) {
                return one;
            }
            worst = one;
        }
        return worst;
    }

    /// A node that cannot be seen may serve or not: a limit holds only when it holds either way.
    private Reading ofFleet(Step.Check gate) {
        var nodes = facts.environment().nodeNames();
        for (var name : facts.environment().balancers()) {
            var sight = facts.fleet().balancers().get(name);
            if (sight == null || sight.fresh(facts.now(), Fleet.FRESH).isEmpty()) {
                return sight == null ? nothing(name + " is not in view") : old("what " + name + " does", sight);
            }
            if (!sight.isReadSince(since())) {
                return nothing(name + " has not been read since the gate began");
            }
        }
        var out = new ArrayList<String>();
        var unseen = new ArrayList<String>();
        for (var name : nodes) {
            if (!facts.fleet().serves(name, facts.now())) {
                out.add(name);
            }
            if (facts.fleet().view(name, facts.now()).isEmpty()) {
                unseen.add(name);
            }
        }
        long serving = (long) nodes.size() - out.size();
        var least = value(gate, serving, facts.now(), "nodes serving");
        var most = unseen.isEmpty() ? least : value(gate, serving + unseen.size(), facts.now(), "nodes serving");
        return least.verdict() == most.verdict()
                ? least.verdict() == Verdict.PASS || out.isEmpty()
                        ? least
                        : new Reading(least.verdict(), least.samples(), least.interval(), least.newest(),
                                least.why() + "; not serving: " + String.join(", ", out))
                : new Reading(Verdict.INCONCLUSIVE, nodes.size() - unseen.size(), least.interval(), facts.now(),
                        "nodes serving: " + serving + ", and " + String.join(", ", unseen) + " cannot be seen");
    }

    private Reading ofSessions(Step.Check gate, String node) {
        long sum = 0;
        Instant oldest = facts.now();
        for (var name : facts.environment().balancers()) {
            var sight = facts.fleet().balancers().get(name);
            if (sight == null || sight.fresh(facts.now(), Fleet.FRESH).isEmpty()) {
                return sight == null ? nothing(name + " is not in view") : old(node + "'s sessions at " + name, sight);
            }
            if (!sight.isReadSince(since())) {
                return nothing(name + " has not been read since the gate began");
            }
            var reading = facts.fleet().balancer(name, facts.now()).filter(one -> one.servers().containsKey(node));
            if (reading.isEmpty()) {
                return nothing(name + " says nothing of " + node);
            }
            sum += reading.get().sessions(node);
            var at = sight.readAt().orElse(oldest);
            oldest = at.isBefore(oldest) ? at : oldest;
        }
        return value(gate, sum, oldest, node + "'s sessions on all balancers");
    }

    private Reading value(Step.Check gate, Object value, Instant at, String what) {
        boolean holds = switch (gate.condition()) {
            case Condition.IsTrue(boolean wanted) -> value.equals(wanted);
            case Condition.IsText(var wanted) -> state.answer(wanted).filter(value::equals).isPresent();
            case Condition.Count count -> value instanceof Long number && count.holds(number);
            default -> false;
        };
        var words = switch (value) {
            case Boolean truth -> what + (truth ? ": yes" : ": no");
            default -> what + ": " + value;
        };
        var wanted = !holds && gate.condition() instanceof Condition.Count count ? ", wanted " + count.words() : "";
        return new Reading(holds ? Verdict.PASS : Verdict.FAIL, 1, String.valueOf(value), at, words + wanted);
    }

    /// The account of this run's newest drain of the node.
    private Reading ofAccount(Step.Check gate, String node) {
        var drain = state.steps().values().stream().map(StepRun::drain)
                .filter(watch -> watch != null && watch.node().equals(node))
                .reduce((_, later) -> later).orElse(null);
        if (drain == null || !drain.bySession()) {
            return nothing("no drain of " + node + " in this run can name its sessions");
        }
        var account = DrainProof.of(drain, facts).account();
        if (account == null) {
            return old("the event feed", facts.fleet().roll());
        }
        long limit = gate.condition() instanceof Condition.Accounted(long lost) ? lost : 0;
        var verdict = account.lost() > limit ? Verdict.FAIL : account.closed() ? Verdict.PASS : Verdict.INCONCLUSIVE;
        return new Reading(verdict, drain.sessions().size(), account.words(), facts.now(), account.words());
    }

    private Reading ofProbes(Step.Check gate, String node) {
        int wanted = gate.condition() instanceof Condition.Resumed(int atLeast) ? atLeast : 1;
        var probes = state.opsOf(path, state.step(path).attempt()).stream().filter(op -> op.outcome() != null)
                .toList();
        if (probes.isEmpty()) {
            return nothing("no probe of " + node + " has answered yet");
        }
        int resumed = inARow(probes, true);
        int refused = inARow(probes, false);
        var newest = probes.getLast();
        var why = resumed + " of " + wanted + " probe sessions in a row resumed on " + node + "; last: " + newest.words();
        var verdict = resumed >= wanted
                ? Verdict.PASS
                : refused > 0 ? Verdict.FAIL : Verdict.INCONCLUSIVE;
        return new Reading(verdict, probes.size(), resumed + " of " + wanted, newest.since(), why);
    }

    private Reading ofProbeShare(Step.Check gate, String node) {
        var probes = state.opsOf(path, state.step(path).attempt()).stream()
                .filter(op -> op.outcome() instanceof Outcome.Probed).toList();
        if (probes.isEmpty() || !(gate.condition() instanceof Condition.Share(int atLeast, int samples))) {
            return nothing("no probe of " + node + " has answered yet");
        }
        long good = probes.stream().filter(op -> op.outcome() instanceof Outcome.Probed(boolean came, _) && came).count();
        var ratio = new Ratio(good, probes.size());
        return new Reading(ratio.atLeast(atLeast / 100.0, samples), probes.size(), ratio.words(), probes.getLast().since(),
                good + " of " + probes.size() + " probe sessions resumed on " + node + " (" + ratio.words() + ")"
                        + (probes.size() < samples ? ", " + samples + " are needed" : ""));
    }

    private static int inARow(List<OpRun> probes, boolean resumed) {
        int count = 0;
        for (var probe : probes.reversed()) {
            if (!(probe.outcome() instanceof Outcome.Probed(boolean came, _)) || came != resumed) {
                break;
            }
            count++;
        }
        return count;
    }

    /// True where waiting longer cannot help: the service refused again and again.
    boolean hopeless() {
        var probes = state.opsOf(path, state.step(path).attempt()).stream().filter(op -> op.outcome() != null)
                .toList();
        return inARow(probes, false) >= REFUSED_IN_A_ROW && inARow(probes, false) == probes.size();
    }
}
