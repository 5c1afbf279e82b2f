package io.lockkeeper.app;

import io.lockkeeper.app.ActionItem.Act;
import io.lockkeeper.app.ActionItem.Place;
import io.lockkeeper.app.ActionItem.Risk;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Runbook;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.watch.TriggerReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import io.lockkeeper.domain.runbook.ChoiceExit;
import java.time.Duration;

/// Everything a person can do in an environment at a moment; what cannot be done is there too and says why.
public final class ActionCatalog {
    /// For how long control is taken with one press.
    public static final Duration CONTROL = Duration.ofHours(1);

    private final Snapshot snapshot;
    private final boolean guarded;
    private final List<Runbook> runbooks;
    private final List<ActionItem> items = new ArrayList<>();

    private ActionCatalog(Snapshot snapshot, List<Runbook> runbooks, boolean guarded) {
        this.snapshot = snapshot;
        this.guarded = guarded;
        this.runbooks = runbooks;
    }

    /// @param guarded whether nothing is ordered before somebody took control
    public static List<ActionItem> of(Snapshot snapshot, List<Runbook> runbooks, boolean guarded) {
        var catalog = new ActionCatalog(snapshot, runbooks, guarded);
        catalog.places();
        catalog.control();
        catalog.ofRun();
        catalog.triggers();
        catalog.starts();
        catalog.logs();
        return List.copyOf(catalog.items);
    }

    private void places() {
        add("go.fleet", "Show the fleet", "Shortcut+1", Risk.SAFE, Optional.empty(), new Act.GoTo(Place.FLEET));
        add("go.signals", "Show the signals", "Shortcut+2", Risk.SAFE, Optional.empty(), new Act.GoTo(Place.SIGNALS));
        add("go.runbooks", "Show the runbooks", "Shortcut+3", Risk.SAFE, Optional.empty(), new Act.GoTo(Place.RUNBOOKS));
        add("go.run", "Show the run", "Shortcut+4", Risk.SAFE, Optional.empty(), new Act.GoTo(Place.RUN));
        add("go.history", "Show the history", "Shortcut+5", Risk.SAFE, Optional.empty(), new Act.GoTo(Place.HISTORY));
    }

    private void add(String id, String words, String shortcut, Risk risk, Optional<String> disabledBecause, Act act) {
        items.add(new ActionItem(id, words, shortcut, risk, disabledBecause, act));
    }

    private Optional<String> unread() {
        return snapshot.following() ? Optional.empty() : Optional.of("nobody reads this environment now");
    }

    private Optional<String> uncontrolled() {
        var run = snapshot.run();
        boolean leaving = run != null && run.open() && run.leaving();
        return unread().or(() -> guarded && !leaving && snapshot.control() == null
                ? Optional.of("nobody has control: take control first")
                : Optional.empty());
    }

    private void control() {
        if (!guarded) {
            return;
        }
        var now = snapshot.control();
        add("control.take", now == null ? "Take control" : "Take control for longer", "", Risk.DISRUPTIVE, unread(),
                new Act.GiveWithReason("", (actor, reason) -> new Command.TakeControl(actor, reason, CONTROL)));
        add("control.back", "Give control back", "", Risk.SAFE,
                unread().or(() -> now == null ? Optional.of("nobody has control") : Optional.empty()),
                new Act.Give("", Command.GiveBackControl::new));
    }

    private void ofRun() {
        var run = snapshot.run();
        var none = run == null || !run.open() ? Optional.of("no run is open") : unread();
        var id = run == null ? "" : run.run();
        boolean held = run != null && run.held() != null;
        add("run.rollback", "Roll back", "Shortcut+B", Risk.DISRUPTIVE, none.or(() -> noWayBack(run)),
                new Act.GiveWithReason(id, Command.RollBack::new));
        add("run.hold", "Hold", "Shortcut+H", Risk.SAFE,
                none.or(() -> held ? Optional.of("the run is held already") : Optional.empty()),
                new Act.Give(id, actor -> new Command.Hold(actor, "")));
        add("run.continue", "Continue", "", Risk.SAFE,
                none.or(() -> held ? uncontrolled() : Optional.of("the run is not held")).or(() -> cannotContinue(run)),
                new Act.Give(id, Command.Continue::new));
        add("run.abort", "Abort, leave everything as it is", "", Risk.DISRUPTIVE, none,
                new Act.GiveWithReason(id, Command.Abort::new));
        if (run != null && run.open()) {
            run.current().forEach(step -> waiting(run, step));
            run.stopped().forEach(step -> stopped(run, step));
            run.drifts().values().forEach(drift -> add("drift." + drift.node() + "." + drift.balancer(),
                    "Order " + drift.node() + " " + drift.expected().words() + " again at " + drift.balancer(), "",
                    Risk.DISRUPTIVE, uncontrolled(),
                    new Act.Give(run.run(), actor -> new Command.Reassert(actor, drift.node(), drift.balancer()))));
        }
    }

    private Optional<String> cannotContinue(@Nullable RunState run) {
        return run == null ? Optional.empty() : RunMachine.cannotContinue(run, snapshot.fleet(), snapshot.at());
    }

    private static Optional<String> noWayBack(@Nullable RunState run) {
        if (run == null || run.preparedWayBack() == null) {
            return Optional.of("this runbook changes nothing");
        }
        return run.rollingBack() ? Optional.of("the way back is under way") : Optional.empty();
    }

    private void triggers() {
        var watch = snapshot.watch();
        if (watch != null) {
            watch.fired().forEach(one -> add(acknowledge(one.name()), "Acknowledge trigger " + one.name(), "", Risk.SAFE,
                    unread(),
                    new Act.GiveWithReason("", (actor, reason) -> new Command.AcknowledgeTrigger(actor, one.name(), reason))));
            watch.triggers().forEach(this::report);
        }
    }

    private void report(TriggerReading trigger) {
        var kind = trigger.told();
        if (kind != null) {
            add(report(trigger.name()), switch (kind) {
                case DATA_LOSS -> "Report a data loss";
                case TICKETS -> "Report a rise of tickets";
                case CUSTOMER -> "Report that a customer's SLA is breached";
                case VOTE -> "Vote on going back";
            }, "", Risk.SAFE, unread(), new Act.Tell(kind, trigger.name()));
        }
    }

    /// Id of the item that tells a trigger something.
    public static String report(String trigger) {
        return "report." + trigger;
    }

    /// Id of the item that acknowledges a trigger.
    public static String acknowledge(String trigger) {
        return "trigger." + trigger;
    }

    /// Where a trigger that offers to go back leads: of an open run its way back, else back to known good. It may be disabled, and says why.
    public static Optional<ActionItem> wayBack(List<ActionItem> items, Snapshot snapshot) {
        var run = snapshot.run();
        return run != null && run.open()
                ? items.stream().filter(item -> item.id().equals("run.rollback")).findFirst()
                : items.stream().filter(item -> item.act() instanceof Act.StartRun(_, boolean knownGood) && knownGood)
                        .findFirst();
    }

    private void waiting(RunState run, StepRun step) {
        boolean waits = step.state() == StepState.AWAITING_PERSON && step.drain() == null;
        if (!waits || (step.released() && run.text(step.path()).orElse(null) instanceof Step.Errand)) { // its card asks what was seen
            return;
        }
        switch (run.text(step.path()).orElse(null)) {
            case Step.Action action -> add("go." + step.path(), button(action), "Shortcut+Enter", Risk.DISRUPTIVE, uncontrolled(),
                    new Act.Give(run.run(), actor -> new Command.Go(actor, step.path())));
            case Step.Errand errand -> add("go." + step.path(), button(errand), "Shortcut+Enter", Risk.DISRUPTIVE, uncontrolled(),
                    new Act.Give(run.run(), actor -> new Command.Go(actor, step.path())));
            case Step.PointOfNoReturn _ -> add("go." + step.path(), "Pass the point of no return", "Shortcut+Enter",
                    Risk.DISRUPTIVE, uncontrolled(), new Act.Give(run.run(), actor -> new Command.Go(actor, step.path())));
            case Step.Decision decision -> decision.choices().forEach(choice -> add("choose." + step.path() + "." + choice.id(),
                    choice.text(), "", choice.then() == ChoiceExit.CONTINUE ? Risk.SAFE : Risk.DISRUPTIVE, unread(),
                    new Act.Give(run.run(), actor -> new Command.Choose(actor, step.path(), choice.id()))));
            case Step.Approval _ -> add("unverified." + step.path(), "Go on without an approval (break glass)", "",
                    Risk.DISRUPTIVE, uncontrolled(), new Act.GiveWithReason(run.run(),
                            (actor, reason) -> new Command.SkipVerification(actor, step.path(), reason)));
            case null, default -> {
                // ticked in its card
            }
        }
    }

    /// The verb and everything it does, as on the button.
    public static String button(Step.Action action) {
        return action.verb().button() + " " + action.node() + (action.version() == null ? "" : " to " + action.version())
                + (action.percent() == null ? "" : " to " + action.percent() + "%");
    }

    public static String button(Step.Errand errand) {
        return errand.kind().button() + " " + errand.name() + (errand.node() == null ? "" : " for " + errand.node())
                + (errand.version() == null || errand.version().startsWith("$") ? "" : " with " + errand.version());
    }

    private void stopped(RunState run, StepRun step) {
        boolean undecided = run.opsOf(step.path(), step.attempt()).stream().anyMatch(OpRun::undecided);
        add("retry." + step.path(), "Retry " + step.path(), "", Risk.DISRUPTIVE,
                undecided ? Optional.of("the outcome of its last order is not known yet") : uncontrolled(),
                new Act.Give(run.run(), actor -> new Command.Retry(actor, step.path())));
        lane(step.path())
                .ifPresent(lane -> add("skip." + lane, "Skip this node; it stays as it is", "", Risk.DISRUPTIVE, uncontrolled(),
                        new Act.GiveWithReason(run.run(), (actor, reason) -> new Command.SkipNode(actor, lane, reason))));
        var text = run.text(step.path()).orElse(null);
        if (!(text instanceof Step.Action || text instanceof Step.Errand)) {
            add("unverified." + step.path(), "Skip this verification (break glass)", "", Risk.DISRUPTIVE, uncontrolled(),
                    new Act.GiveWithReason(run.run(),
                            (actor, reason) -> new Command.SkipVerification(actor, step.path(), reason)));
        }
    }

    /// `roll[ws-2]` of `roll[ws-2]/drain`.
    public static Optional<String> lane(String path) {
        int end = path.lastIndexOf("]/");
        return end < 0 ? Optional.empty() : Optional.of(path.substring(0, end + 1));
    }

    private void starts() {
        var run = snapshot.run();
        var busy = run != null && run.open() ? Optional.of("run " + run.run() + " is open") : uncontrolled();
        for (var runbook : runbooks) {
            boolean rollback = runbook.restores();
            var good = snapshot.knownGood();
            var why = rollback && good == null ? Optional.of("nothing is recorded as known good yet") : Optional.<String>empty();
            add("start." + runbook.id(), rollback ? "Roll back to known good" : runbook.title(), "", Risk.DISRUPTIVE,
                    busy.or(() -> why),
                    new Act.StartRun(runbook.id(), rollback));
        }
    }

    private void logs() {
        snapshot.fleet().views().keySet().forEach(node -> add("log." + node, "Show the log of " + node, "", Risk.SAFE, unread(),
                new Act.ShowLog(node)));
    }
}
