package io.lockkeeper.cli;

import io.lockkeeper.app.Prepared;
import io.lockkeeper.app.RunRequest;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Facts;
import io.lockkeeper.domain.run.Outlook;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.runbook.ChoiceExit;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.PlanText;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.signal.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run that is prepared on the live service and printed instead of started: every step, the literal orders, and what speaks against it
/// now. The service is only read, and nothing is written.
final class DryRun {
    private static final String INDENT = "    ";

    private final Desk.Opened opened;
    private final Environment environment;
    private final Terminal terminal;
    private final List<String> against = new ArrayList<>();

    DryRun(Desk.Opened opened, Terminal terminal) {
        this.opened = opened;
        this.environment = opened.access().environment();
        this.terminal = terminal;
    }

    int of(RunRequest request, Snapshot snapshot) {
        return switch (opened.desk().prepare(request, snapshot)) {
            case Prepared.Refused(var problems) -> {
                problems.forEach(terminal::complain);
                yield Exit.USAGE;
            }
            case Prepared.Ready(var start, var warnings) -> {
                print(start, warnings, snapshot);
                yield against.isEmpty() ? Exit.GOOD : Exit.BAD;
            }
        };
    }

    private void print(Command.Start start, List<String> warnings, Snapshot snapshot) {
        var state = RunMachine.begin(RunMachine.start(start, snapshot.at()));
        var facts = new Facts(environment, snapshot.fleet(), snapshot.at(), Map.of(), true).withMetrics(snapshot.metrics());
        terminal.say("DRY RUN of " + start.plan().title() + " on " + environment.name()
                + ": the service was read; nothing is ordered and nothing is written.");
        warnings.forEach(warning -> terminal.say("note: " + warning));
        if (environment.guards().control() && snapshot.control() == null) {
            terminal.say(
                    "note: nobody has control of " + environment.name() + "; somebody has to take it before the run can start");
        }
        start.inputs().forEach((name, value) -> terminal.say("input " + name + ": " + value));
        start.restore().forEach(point -> terminal.say("before: " + point.node() + " runs "
                + (point.version() == null ? "a version it does not tell" : point.version()) + ", " + point.admin()));
        var forward = Outlook.of(start.plan(), state, facts);
        forward.forEach(this::print);
        back("WAY BACK, for the nodes that were touched", start.wayBack(), start.restore());
        start.onward().forEach((path, plan) -> back("INSTEAD OF THE WAY BACK past " + path, plan, List.of()));
        back("ON ABORT", start.onAbort(), List.of());
        long orders = forward.stream().mapToLong(one -> one.orders().size()).sum();
        terminal.say("");
        terminal.say(forward.size() + " steps, " + orders + " orders if everything goes well. "
                + (against.isEmpty() ? "Nothing speaks against starting it now." : "Against it now:"));
        against.forEach(why -> terminal.say(terminal.loud("- " + why)));
    }

    private void print(Outlook outlook) {
        var step = outlook.step();
        head(step);
        literals(step, List.of());
        if (step instanceof Step.Decision decision) {
            decision.choices().forEach(choice -> terminal.say(INDENT + choice.id() + ": " + choice.text()
                    + (choice.then() == ChoiceExit.CONTINUE ? "" : ", then " + choice.then().key())));
        }
        outlook.objections().forEach(why -> {
            terminal.say(INDENT + terminal.loud("blocked now: " + why));
            against.add(step.path() + " would be blocked: " + why);
        });
        var checks = step instanceof Step.Soak soak
                ? soak.checks()
                : step instanceof Step.Gate gate ? List.of(gate.check()) : List.<Step.Check>of();
        for (int i = 0; i < outlook.readings().size(); i++) {
            reading(step, checks.get(i), outlook.readings().get(i));
        }
    }

    private void head(Step step) {
        terminal.say("");
        terminal.say(step.path() + "  " + terminal.dim(step.title()));
        terminal.say(INDENT + PlanText.detail(step));
    }

    private void literals(Step step, List<RestorePoint> restore) {
        switch (step) {
            case Step.Action action -> opened.literals().of(action, restore).forEach(this::literal);
            case Step.Errand errand -> opened.literals().of(errand).forEach(this::literal);
            default -> {
                // orders nothing
            }
        }
    }

    private void literal(String order) {
        order.lines().forEach(line -> terminal.say(INDENT + terminal.dim(line)));
    }

    /// What a gate reads before its time says only whether it has anything to read.
    private void reading(Step step, Step.Check check, Reading reading) {
        boolean silent = reading.verdict() == Verdict.NO_DATA || reading.verdict() == Verdict.STALE;
        boolean ofItsOwn = isOfTheRun(check);
        if (silent && !ofItsOwn) {
            terminal.say(INDENT + terminal.loud("no data now: " + reading.why()));
            against.add(step.path() + " has no data: " + reading.why());
        } else {
            terminal.say(INDENT + (ofItsOwn
                    ? check.signal().ofClients()
                            ? check.signal().key() + " will be measured with clients of its own by whoever runs it"
                            : "will be measured by the run itself"
                    : "reads now: " + reading.why()));
        }
    }

    private static boolean isOfTheRun(Step.Check check) {
        return switch (check.signal()) {
            case PROBE_RESUMED, PROBE_SHARE, NODE_MOVED -> true;
            default -> check.signal().ofClients();
        };
    }

    private void back(String title, @Nullable Plan plan, List<RestorePoint> restore) {
        if (plan != null) {
            terminal.say("");
            terminal.say("== " + title);
            plan.leaves().forEach(step -> {
                head(step);
                literals(step, restore);
            });
        }
    }
}
