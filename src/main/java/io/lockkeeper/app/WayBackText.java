package io.lockkeeper.app;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.runbook.Step;
import java.util.List;
import java.util.StringJoiner;

/// The way back as plain text with the literal commands in order: what a person types when this program is dead. No secrets.
public final class WayBackText {
    private WayBackText() {}

    public static String of(RunEvent.RunStarted started, Environment environment, Endpoints endpoints) {
        var text = new StringJoiner("\n", "", "\n");
        text.add("Way back of run " + started.run() + " (" + started.plan().title() + ")");
        text.add("Environment " + environment.name() + ", started " + started.at() + " by " + started.actor());
        text.add("");
        text.add(
                "Use this only when Lockkeeper itself is dead. Go through the nodes one at a time, those that do not serve first.");
        text.add(
                "Skip nodes the run never touched. After each command run the one after \"read back\" and go on only when it shows the effect.");
        text.add("");
        text.add("Before the run:");
        for (var point : started.restore()) {
            text.add("  " + point.node() + ": version " + (point.version() == null ? "not told" : point.version()) + ", "
                    + point.admin() + ", weights " + point.weight());
        }
        var errands = started.plan().leaves().stream().filter(Step.Errand.class::isInstance).map(Step::title).distinct().toList();
        if (!errands.isEmpty()) {
            text.add("");
            text.add("Nothing here undoes what these steps of the run did, unless a step below says so: "
                    + String.join(", ", errands));
        }
        var wayBack = started.wayBack();
        if (wayBack != null) {
            var steps = new Steps(text, new LiteralOrders(environment, endpoints), started.restore());
            wayBack.steps().forEach(step -> steps.add(step, ""));
        }
        return text.toString();
    }

    private record Steps(StringJoiner text, LiteralOrders literals, List<RestorePoint> restore) {
        void add(Step step, String indent) {
            switch (step) {
                case Step.ForEach(_, _, var lanes, _) -> lanes.forEach(lane -> {
                    text.add("");
                    text.add("== " + lane.node());
                    lane.steps().forEach(inner -> add(inner, indent));
                });
                case Step.Action action -> {
                    text.add(indent + "# " + action.title());
                    literals.of(action, restore).forEach(line -> text.add(line.indent(indent.length()).stripTrailing()));
                }
                case Step.Errand errand -> {
                    text.add(indent + "# " + errand.title());
                    literals.of(errand).forEach(line -> text.add(line.indent(indent.length()).stripTrailing()));
                }
                case Step.Gate gate -> text.add(indent + "# check: " + gate.title());
                case Step.Checklist list -> list.items().forEach(item -> text.add(indent + "# " + item.text()));
                case Step.Note note -> text.add(indent + "# " + note.title());
                case Step.Soak soak -> text.add(indent + "# watch: " + soak.title());
                case Step.Decision decision -> {
                    text.add(indent + "# decide: " + decision.title());
                    decision.choices().forEach(choice -> {
                        text.add(indent + "#   " + choice.text() + ":");
                        choice.steps().forEach(inner -> add(inner, indent + "    "));
                    });
                }
                case Step.Approval approval -> text.add(indent + "# ask for: " + approval.title());
                case Step.PointOfNoReturn point -> text.add(indent + "# POINT OF NO RETURN: " + point.title());
            }
        }
    }
}
