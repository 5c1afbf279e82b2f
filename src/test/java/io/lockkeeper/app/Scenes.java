package io.lockkeeper.app;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.StepProgress;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import java.util.function.BooleanSupplier;

/// Moments of a simulated service as screens get to see them: made by the real engine, not by hand.
public final class Scenes {
    public static final Environment ENVIRONMENT = Trial.ENVIRONMENT;

    /// @param now the moment of the snapshot
    public record Scene(String name, Snapshot snapshot, Instant now) {}

    private Scenes() {}

    public static List<Scene> all() {
        return List.of(nothingConnected(), healthy(), checklist(), waitsForGo(), draining(), gateFailed(), unknown(), drifted(),
                wayBack(), ended(), commandWaits(), personAsked());
    }

    public static Scene nothingConnected() {
        var simulation = new Trial(1);
        var now = simulation.time.now();
        var nothing = RemoteAccess.nothing(ENVIRONMENT, now.minusSeconds(40));
        var link = new LinkView("balancer edge", "tcp://10.1.2.3:9999",
                new LinkState.Waiting(4, now.plusSeconds(3), "connection refused"));
        var refused = new LinkView("lifecycle supervisor", "http://10.1.2.3:9001/RPC2", new LinkState.Refused(
                "does not accept user lk: wrong user or password", now));
        return new Scene("nothing-connected",
                new Snapshot(nothing.at(), "nobody", false, nothing.fleet(), List.of(link, refused), null, List.of(),
                        List.of(), null, null, List.of()),
                now);
    }

    public static Scene healthy() {
        var simulation = new Trial(1);
        return scene("healthy", simulation);
    }

    private static Trial started(String version, boolean guided) {
        var simulation = new Trial(1);
        simulation.submit(Plans.start(version, guided));
        return simulation;
    }

    private static Trial ticked(String version, boolean guided) {
        var simulation = started(version, guided);
        simulation.submit(new Command.Tick("kim", "before", "ticket", ""));
        return simulation;
    }

    private static void until(Trial simulation, BooleanSupplier there) {
        var limit = simulation.time.passed().plus(Duration.ofHours(1));
        while (!there.getAsBoolean() && simulation.time.step(limit)) {
            // time passes
        }
    }

    public static Scene checklist() {
        return scene("checklist", started("v2", true));
    }

    public static Scene waitsForGo() {
        var simulation = ticked("v2", true);
        return scene("waits-for-go", simulation);
    }

    public static Scene draining() {
        var simulation = ticked("v2", true);
        simulation.submit(new Command.Go("kim", "roll[ws-1]/drain"));
        until(simulation, () -> simulation.state().step("roll[ws-1]/drain").drain() != null);
        until(simulation,
                () -> simulation.time.now().isAfter(simulation.state().step("roll[ws-1]/drain").since().plusSeconds(7)));
        return scene("draining", simulation);
    }

    public static Scene gateFailed() {
        var simulation = ticked("bad", false);
        until(simulation, () -> !simulation.state().stopped().isEmpty());
        return scene("gate-failed", simulation);
    }

    public static Scene unknown() {
        var simulation = ticked("v2", false);
        simulation.lose = "deploy";
        until(simulation,
                () -> simulation.state().steps().values().stream().anyMatch(step -> step.state() == StepState.OUTCOME_UNKNOWN));
        return scene("outcome-unknown", simulation);
    }

    public static Scene drifted() {
        var simulation = ticked("v2", true);
        simulation.submit(new Command.Go("kim", "roll[ws-1]/drain"));
        until(simulation, () -> simulation.state().step("roll[ws-1]/drain").state() == StepState.SUCCEEDED);
        simulation.service.enable("ws-1", "edge");
        until(simulation, () -> !simulation.state().drifts().isEmpty());
        simulation.submit(new Command.Go("kim", "roll[ws-1]/version"));
        return scene("drifted", simulation);
    }

    private static boolean isHolding(StepProgress.@Nullable GateWatch gate) {
        return gate != null && gate.holdingSince() != null;
    }

    public static Scene wayBack() {
        var simulation = ticked("bad", false);
        until(simulation, () -> !simulation.state().stopped().isEmpty());
        simulation.submit(new Command.RollBack("kim", "it refuses resumes"));
        until(simulation, () -> isHolding(simulation.state().step("wayBack/back[ws-1]/ready").gate()));
        return scene("way-back", simulation);
    }

    public static Scene ended() {
        var simulation = ticked("v2", false);
        until(simulation, () -> !simulation.state().open());
        return scene("ended", simulation);
    }

    private static Trial flushing(Readback confirm, boolean guided) {
        var simulation = new Trial(1);
        var flush = new Step.Errand("flush", "Flush its cache", ErrandKind.COMMAND, "flush", "ws-2", null, confirm,
                Duration.ofMinutes(1));
        simulation.submit(new Command.Start("kim", "r-1", "ticket 1", "text", "hash", new Plan("flush", "Flush a cache",
                List.of(flush)), Plans.wayBack(), Map.of(), null, Map.of(), List.of(), guided, "hash", "test", "nonce"));
        return simulation;
    }

    public static Scene commandWaits() {
        return scene("command-waits", flushing(new Readback.Prints("empty", "0"), true));
    }

    public static Scene personAsked() {
        var simulation = flushing(new Readback.Person("does the front page show today?"), false);
        until(simulation, () -> simulation.state().step("flush").state() == StepState.AWAITING_PERSON);
        return scene("person-asked", simulation);
    }

    private static Scene scene(String name, Trial simulation) {
        var now = simulation.time.now();
        var history = simulation.simulation.engine().history();
        var run = history.current().orElse(null);
        var links = new ArrayList<LinkView>();
        links.add(new LinkView("balancer edge", "tcp://127.0.0.1:9999", new LinkState.Live(now.minusSeconds(300), now)));
        Plans.NODES.forEach(
                node -> links.add(new LinkView("node " + node, "http://127.0.0.1:18201", new LinkState.Live(now.minusSeconds(300),
                        now))));
        var notices = simulation.simulation.notices().stream()
                .map(words -> new Notice(now.minusSeconds(9), Notice.Severity.NEWS, words))
                .toList();
        return new Scene(name, new Snapshot(now, "window (pid 4711)", true, simulation.service.model().fleet(), links, run,
                run == null ? List.of() : history.events(run.run()), history.summaries(), history.knownGood().orElse(null), null,
                notices), now);
    }
}
