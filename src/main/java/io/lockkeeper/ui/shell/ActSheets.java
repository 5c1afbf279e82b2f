package io.lockkeeper.ui.shell;

import io.lockkeeper.ui.control.Words;
import java.time.Duration;
import io.lockkeeper.app.ActionItem;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Leftovers;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Sheet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.TextField;

/// The sheets before disruptive acts: target, every parameter, what speaks against it, and the verb on the button.
final class ActSheets {
    private final Sheet sheet;
    private final Environment environment;
    private final Snapshot snapshot;

    ActSheets(Sheet sheet, Environment environment, Snapshot snapshot) {
        this.sheet = sheet;
        this.environment = environment;
        this.snapshot = snapshot;
    }

    void confirm(ActionItem item, Command command, Runnable then) {
        sheet.confirm(item.words(), facts(command), List.of(), item.words(), then);
    }

    private Map<String, String> facts(Command command) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("environment", environment.name());
        var run = snapshot.run();
        switch (command) {
            case Command.Go(_, var path) when run != null && run.text(path).orElse(null) instanceof Step.Action action ->
                of(action, facts);
            case Command.Go(_, var path) when run != null && run.text(path).orElse(null) instanceof Step.Errand errand ->
                of(errand, run, facts);
            case Command.Go(_, var path) when run != null
                    && run.text(path).orElse(null) instanceof Step.PointOfNoReturn point -> {
                facts.put("step", point.title());
                facts.put("why", point.text());
                facts.put("from here on", "roll back walks " + point.onward() + "; there is no way back to before");
            }
            case Command.Choose(_, var path, var choice) when run != null
                    && run.text(path).orElse(null) instanceof Step.Decision decision ->
                decision.choices().stream().filter(one -> one.id().equals(choice)).findFirst().ifPresent(one -> {
                    facts.put("decision", decision.title());
                    facts.put("leads to", switch (one.then()) {
                        case CONTINUE -> "the next step";
                        case WAY_BACK -> "the way back, after its own steps";
                        case END -> "the end of the run; everything stays as it is";
                    });
                });
            case Command.Retry(_, var path) -> facts.put("step", path);
            case Command.Reassert(_, var node, var balancer) -> {
                facts.put("node", node);
                facts.put("balancer", balancer);
            }
            default -> {
                // the verb says it all
            }
        }
        return facts;
    }

    private void of(Step.Action action, Map<String, String> facts) {
        facts.put("step", action.title());
        facts.put("node", action.node());
        switch (action.verb()) {
            case DEPLOY, ROLLBACK -> facts.put("version", String.valueOf(action.version()));
            case SHARE -> facts.put("share", action.percent() + " %");
            case DRAIN, ENABLE, CLOSE_SESSIONS -> facts.put("balancers", String.join(", ", environment.balancers()));
            case RESTART -> {
                // node and time are all there is
            }
        }
        var terms = action.drain();
        if (terms != null) {
            facts.put("deadline", Durations.words(terms.deadline()) + " for clients to leave by themselves");
            facts.put("then", switch (terms.stragglers()) {
                case ASK -> "you decide: wait, close or give up; closed clients see " + environment.closeCode();
                case CLOSE -> "the rest is closed, " + terms.perSecond() + " per second; clients see " + environment.closeCode();
                case GIVE_UP -> "the step fails, the node stays drained";
            });
        }
        facts.put("must be seen in effect within", Durations.words(action.timeout()));
    }

    private void of(Step.Errand errand, RunState run, Map<String, String> facts) {
        var version = errand.version() == null ? null : run.answer(errand.version()).orElse(null);
        var confirm = errand.confirm();
        facts.put("step", errand.title());
        facts.put(errand.kind().key(), errand.name());
        if (errand.node() != null) {
            facts.put("node", errand.node());
        }
        if (version != null) {
            facts.put("version", version);
        }
        facts.put("literally", environment.errands().literal(errand.kind(), errand.name(), errand.node(), version));
        facts.put("done when", confirm.words());
        if (confirm.kind() != null) {
            facts.put("read back with",
                    environment.errands().literal(confirm.kind(), confirm.asked(), errand.node(), version));
        }
        facts.put("must be seen in effect within", Durations.words(errand.deadline()));
        facts.put("undone by", "nothing: the way back does not undo it");
    }

    void reasoned(ActionItem item, Command command, Consumer<String> then) {
        var content = new ArrayList<Node>();
        var run = snapshot.run();
        if (command instanceof Command.TakeControl(_, _, var time)) {
            control(time, content);
        } else if (command instanceof Command.AcknowledgeTrigger(_, var trigger, _)) {
            trigger(trigger, content);
        } else if (run != null) {
            about(run, command, content);
        }
        var reason = new TextField();
        reason.setId("act-reason");
        reason.setPromptText("reason; stands in journal and report");
        reason.setAccessibleText("reason");
        content.add(reason);
        boolean needed = command instanceof Command.SkipVerification || command instanceof Command.AcknowledgeTrigger;
        var go = Parts.button("sheet-confirm", item.words(), () -> {
            sheet.close();
            then.accept(reason.getText().strip());
        }, "danger");
        if (needed) {
            go.disableProperty().bind(reason.textProperty().isEmpty());
        }
        sheet.show(item.words(), content, go);
    }

    private void control(Duration time, List<Node> content) {
        content.add(Parts.wrapped(environment.name() + " is read-only until somebody has control. For " + Durations.words(time)
                + " everybody who works on it may order it about, under your name. The way back never needs it."));
        var now = snapshot.control();
        if (now != null) {
            content.add(Parts.wrapped("! " + now.actor() + " has control until " + Words.time(now.until())
                    + ". Taking it over needs a reason.", "warn-text"));
        }
    }

    private void trigger(String name, List<Node> content) {
        var watch = snapshot.watch();
        if (watch != null) {
            watch.fired().stream().filter(one -> one.name().equals(name)).forEach(one -> content.add(Parts.wrapped(one.words())));
        }
        content.add(Parts.wrapped("It begins anew, and what it fired for does not count again. Nothing else follows from it."));
    }

    private void about(RunState run, Command command, List<Node> content) {
        var facts = snapshot.facts(environment, snapshot.at());
        switch (command) {
            case Command.RollBack _ -> {
                var ordered = RunMachine.rollbackNow(run, "", "", facts);
                content.add(Parts.wrapped(ordered.nodes().isEmpty()
                        ? "Nothing was touched yet: the run ends and everything stays as it is."
                        : "These nodes are put back, one at a time, in this order. Forward steps stop at once."));
                var nodes = new LinkedHashMap<String, String>();
                ordered.nodes()
                        .forEach(node -> nodes.put(node,
                                run.start().restore().stream().filter(point -> point.node().equals(node)).findFirst()
                                        .map(point -> "to " + (point.version() == null ? "the version it has" : point.version())
                                                + (point.wasOut() ? ", left out of rotation as before" : ", back into rotation"))
                                        .orElse("")));
                content.add(Sheet.grid(nodes));
                content.add(Sheet.warnings(ordered.warnings()));
            }
            case Command.Abort _ -> {
                content.add(Parts.wrapped("The run ends here and everything stays as it is now."));
                content.add(Sheet.warnings(Leftovers.of(run, facts)));
            }
            case Command.SkipVerification(_, var path, _) -> content.add(Parts.wrapped("Break glass: " + path
                    + " passes without its evidence. This is loud in journal and report, and the run can no longer end as succeeded.",
                    "warn-text"));
            case Command.SkipNode(_, var lane, _) ->
                content.add(Parts.wrapped(lane + " is left as it is now, drained if it is drained; the others go on."));
            default -> {
                // nothing more to say
            }
        }
    }

    /// Says why a command was not taken.
    void refused(String why) {
        sheet.show("Not done", List.of(Parts.wrapped(why)), Parts.button("sheet-confirm", "Close", sheet::close, "accent"));
    }
}
