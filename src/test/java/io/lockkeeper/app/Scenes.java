package io.lockkeeper.app;

import io.lockkeeper.app.signals.Archive;
import io.lockkeeper.app.signals.SignalHistory;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.MonthSpent;
import io.lockkeeper.app.simulation.Model;
import io.lockkeeper.app.simulation.ModelNode;
import io.lockkeeper.app.simulation.ModelService;
import io.lockkeeper.app.simulation.VirtualTime;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.StepProgress;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.metrics.Datum;
import io.lockkeeper.domain.metrics.MetricsReading;
import io.lockkeeper.domain.metrics.Shadow;
import io.lockkeeper.domain.metrics.SourceReading;
import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.domain.signal.Ratio;
import io.lockkeeper.domain.signal.Shape;
import io.lockkeeper.domain.signal.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Moments of a simulated service as screens get to see them: made by the real engine, not by hand.
public final class Scenes {
    public static final Environment ENVIRONMENT = Trial.ENVIRONMENT;

    /// @param now the moment of the snapshot
    /// @param signals what was read before it
    /// @param episodes what whoever watches remembers
    public record Scene(String name, Environment environment, Snapshot snapshot, Instant now, SignalHistory signals,
            List<KeptEpisode> episodes) {
        Scene(String name, Environment environment, Snapshot snapshot, Instant now, SignalHistory signals) {
            this(name, environment, snapshot, now, signals, List.of());
        }

        /// One episode of yesterday, and a month of which three days were watched.
        public Archive archive() {
            return new Archive() {
                @Override
                public List<KeptEpisode> episodes(Instant from, Instant to, int most) {
                    var yesterday = WatchScenes.yesterday(now);
                    return yesterday.lostAt().isBefore(from) ? List.of() : List.of(yesterday);
                }

                @Override
                public MonthSpent month(Instant at) {
                    return new MonthSpent(Duration.ofDays(3), Duration.ofSeconds(150), Duration.ofSeconds(30), at);
                }
            };
        }
    }

    private Scenes() {}

    public static List<Scene> all() {
        return List.of(nothingConnected(), healthy(), checklist(), waitsForGo(), draining(), gateFailed(), unknown(), drifted(),
                wayBack(), ended(), commandWaits(), personAsked(), signals(), signalsLost(), signalsOfManyNodes(),
                signalsFired(), signalsQuiet(), signalsBySource(), firedInRun());
    }

    public static Scene nothingConnected() {
        var simulation = new Trial(1);
        var now = simulation.time.now();
        var nothing = RemoteAccess.nothing(ENVIRONMENT, now.minusSeconds(40));
        var link = new LinkView("balancer edge", "tcp://10.1.2.3:9999",
                new LinkState.Waiting(4, now.plusSeconds(3), "connection refused"));
        var refused = new LinkView("lifecycle supervisor", "http://10.1.2.3:9001/RPC2", new LinkState.Refused(
                "does not accept user lk: wrong user or password", now));
        return new Scene("nothing-connected", ENVIRONMENT,
                new Snapshot(nothing.at(), "nobody", false, nothing.fleet(), List.of(link, refused), null, List.of(),
                        List.of(), null, null, List.of()),
                now, simulation.seen);
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
            simulation.look();
        }
    }

    private static void pass(Trial simulation, Duration length) {
        for (long second = 0; second < length.toSeconds(); second++) {
            simulation.time.pass(Duration.ofSeconds(1));
            simulation.look();
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

    /// A bad version was tried and rolled back, and ten minutes of it all are in sight.
    public static Scene signals() {
        return scene("signals", rolledBack());
    }

    private static Trial rolledBack() {
        var simulation = new Trial(1);
        pass(simulation, Duration.ofMinutes(6));
        simulation.submit(Plans.start(ModelNode.BAD, false));
        pass(simulation, Duration.ofSeconds(20));
        simulation.submit(new Command.Tick("kim", "before", "ticket", ""));
        until(simulation, () -> !simulation.state().stopped().isEmpty());
        pass(simulation, Duration.ofSeconds(45));
        simulation.submit(new Command.RollBack("kim", "it refuses resumes"));
        until(simulation, () -> !simulation.state().open());
        pass(simulation, Duration.ofSeconds(80));
        return simulation;
    }

    /// The same, and then nobody reads anything for a while.
    public static Scene signalsLost() {
        var simulation = rolledBack();
        var last = snapshot(simulation);
        simulation.seen.add(new Snapshot(last.at(), last.holder() + ", gone", false, last.fleet(), last.links(), last.run(),
                last.events(), last.runs(), last.knownGood(), last.control(), last.notices()));
        simulation.time.pass(Duration.ofSeconds(48));
        return new Scene("signals-lost", ENVIRONMENT, new Snapshot(last.at(), last.holder() + ", gone", false, last.fleet(),
                last.links(), last.run(), last.events(), last.runs(), last.knownGood(), last.control(), last.notices()),
                simulation.time.now(), simulation.seen);
    }

    /// Ten clients of ours watch; half of them did not come back, and going back is offered.
    public static Scene signalsFired() {
        return watched("signals-fired", rolledBack(), WatchScenes.fired());
    }

    /// They watch, and nothing has happened for five minutes.
    public static Scene signalsQuiet() {
        return watched("signals-quiet", rolledBack(), WatchScenes.quiet());
    }

    /// They watch, and this console's own network is gone.
    public static Scene signalsDoubted() {
        return watched("signals-doubted", rolledBack(), WatchScenes.doubting());
    }

    /// Other systems keep numbers, too, and do not agree with the balancer.
    public static Scene signalsBySource() {
        var quiet = signalsQuiet();
        var at = quiet.now();
        var shadow = new Shadow(at.minus(Duration.ofHours(3)), Shadow.USUAL);
        var window = Duration.ofMinutes(5);
        var metrics = new MetricsReading(MetricsReading.TOLERANCE,
                List.of(new MetricsReading.Kind("custom.queue", Shape.LEVEL, "messages", "messages that wait")),
                List.of(from("connections.open", "prom", new Datum.Level(41, at.minusSeconds(4)), shadow),
                        from("reconnect.success", "prom", new Datum.Share(new Ratio(291, 300), window, window, at), shadow),
                        from("reconnect.time", "prom", new Datum.None("no series fits ws_reconnect_seconds_sum; there is"
                                + " ws_reconnect_seconds_sum_total"), new Shadow(null, Shadow.USUAL)),
                        from("custom.queue", "prom", new Datum.Level(7, at.minusSeconds(80)), shadow)));
        var last = quiet.snapshot();
        return new Scene("signals-by-source", ENVIRONMENT, new Snapshot(last.at(), last.holder(), true, last.fleet(),
                last.links(), last.run(), last.events(), last.runs(), last.knownGood(), last.control(), last.notices(),
                last.watch(), null, null, metrics), at, quiet.signals());
    }

    private static SourceReading from(String signal, String source, Datum datum, Shadow shadow) {
        return new SourceReading(signal, source, SourceKind.METRICS, null, datum, Duration.ofSeconds(45), shadow, "");
    }

    /// A bad version is on its way to the nodes, and a trigger has fired for it.
    public static Scene firedInRun() {
        var simulation = new Trial(1);
        simulation.submit(Plans.start(ModelNode.BAD, false));
        pass(simulation, Duration.ofSeconds(20));
        simulation.submit(new Command.Tick("kim", "before", "ticket", ""));
        until(simulation, () -> !simulation.state().stopped().isEmpty());
        return watched("fired-in-run", simulation, WatchScenes.fired());
    }

    private static Scene watched(String name, Trial simulation, WatchScenes watch) {
        Snapshot last = watch.in(snapshot(simulation));
        for (int second = 0; second < 90; second++) {
            pass(simulation, Duration.ofSeconds(1));
            last = watch.in(snapshot(simulation));
            simulation.seen.add(last);
        }
        return new Scene(name, ENVIRONMENT, last, simulation.time.now(), simulation.seen, watch.remembered(last.at()));
    }

    /// More nodes than a screen holds, with names as long as they come, of which one does not answer.
    public static Scene signalsOfManyNodes() {
        var many = IntStream.rangeClosed(1, 14).mapToObj(i -> "eu-central-1-production-websocket-gateway-%02d".formatted(i))
                .toList();
        var environment = new Environment("eu-central-1-production-websocket-gateways", Tier.PRODUCTION, "hash",
                many.stream().map(name -> new Environment.NodeSpec(name, name, null)).toList(), List.of("edge-a", "edge-b"),
                List.of("v1"), 12, EnumSet.of(Capability.SESSIONS), 1012);
        var time = new VirtualTime();
        var service = new ModelService(new Model(time, environment, "v1"), new Random(7), 80, 0);
        var seen = new SignalHistory(environment, time.now());
        Snapshot last = RemoteAccess.nothing(environment, time.now());
        for (int second = 0; second < 400; second++) {
            time.pass(Duration.ofSeconds(1));
            if (second == 250) {
                service.die(many.get(2), Duration.ofSeconds(-1));
            }
            last = new Snapshot(time.now(), "lockkeeper run (pid 4711)", true, service.model().fleet(), List.of(), null,
                    List.of(),
                    List.of(), null, null, List.of());
            seen.add(last);
        }
        return new Scene("signals-many-nodes", environment, last, time.now(), seen);
    }

    private static Scene scene(String name, Trial simulation) {
        return new Scene(name, ENVIRONMENT, snapshot(simulation), simulation.time.now(), simulation.seen);
    }

    static Snapshot snapshot(Trial simulation) {
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
        return new Snapshot(now, "window (pid 4711)", true, simulation.service.model().fleet(), links, run,
                run == null ? List.of() : history.events(run.run()), history.summaries(), history.knownGood().orElse(null), null,
                notices);
    }
}
