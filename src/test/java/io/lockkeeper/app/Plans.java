package io.lockkeeper.app;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.GateExit;
import io.lockkeeper.domain.runbook.GateSignal;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Stragglers;
import io.lockkeeper.domain.runbook.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plans as the compiler makes them, for tests of what walks them.
final class Plans {
    private Plans() {}

    static final List<String> NODES = List.of("ws-1", "ws-2", "ws-3");

    static Step.Action action(String path, Verb verb, String node, @Nullable String version) {
        var terms = verb == Verb.DRAIN ? new Step.DrainTerms(Duration.ofSeconds(20), Stragglers.CLOSE, 10) : null;
        return new Step.Action(path, verb.button() + " " + node, verb, node, version, null, terms, Duration.ofSeconds(60), null);
    }

    static Step.Gate gate(String path, GateSignal signal, String node, Condition condition, Duration hold) {
        return new Step.Gate(path, signal.key() + " of " + node, signal, node, condition, hold, Duration.ofMinutes(1),
                GateExit.HOLD,
                GateExit.EXTEND, GateExit.HOLD);
    }

    static Plan deploy(String version) {
        return new Plan("rolling-deploy", "Rolling deploy", List.of(
                new Step.Checklist("before", "Before", List.of(new Step.Item("ticket", "Ticket is open", null, null))),
                new Step.ForEach("roll", "One at a time",
                        NODES.stream().map(node -> lane("roll", node, Verb.DEPLOY, version)).toList(), 1)));
    }

    static Plan wayBack() {
        return new Plan("rollback", "Back", List.of(new Step.ForEach("wayBack/back", "One at a time",
                NODES.stream().map(node -> lane("wayBack/back", node, Verb.ROLLBACK, "v1")).toList(), 1)));
    }

    private static Step.Lane lane(String parent, String node, Verb verb, String version) {
        var path = parent + "[" + node + "]";
        return new Step.Lane(path, node, List.of(action(path + "/drain", Verb.DRAIN, node, null),
                action(path + "/version", verb, node, version),
                gate(path + "/runs", GateSignal.NODE_VERSION, node, new Condition.IsText(version), Duration.ZERO),
                gate(path + "/ready", GateSignal.NODE_READY, node, new Condition.IsTrue(true), Duration.ofSeconds(3)),
                gate(path + "/resumes", GateSignal.PROBE_RESUMED, node, new Condition.Resumed(3), Duration.ZERO),
                action(path + "/enable", Verb.ENABLE, node, null),
                gate(path + "/serves", GateSignal.NODE_OBSERVED, node, new Condition.IsText("up"), Duration.ZERO)));
    }

    static Command.Start start(String version, boolean guided) {
        var restore = NODES.stream()
                .map(node -> new RestorePoint(node, "v1", Map.of("edge", AdminState.ENABLED), Map.of("edge", 100))).toList();
        return new Command.Start("kim", "r-1", "ticket 1", "text", "hash", deploy(version), wayBack(), Map.of(), null,
                Map.of("version", version),
                restore,
                guided, "hash", "test", "nonce");
    }
}
