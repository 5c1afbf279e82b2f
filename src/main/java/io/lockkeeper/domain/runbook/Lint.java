package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Mark;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that can be said against a runbook before it runs: all problems, by place. A runbook is linted by compiling it for sample
/// inputs, so that lint and run can never disagree.
public final class Lint {
    /// Stands for an environment that is not known: every name fits and everything can be done.
    static final Environment ANY = new Environment("any", Tier.SANDBOX, "", List.of(), List.of(), List.of(), 1,
            EnumSet.allOf(Capability.class), 1000);

    private Lint() {}

    /// @param library the runbooks that can be its way back
    /// @param environment to check capabilities and names against; empty checks the rest
    public static List<Problem> of(Runbook runbook, List<Runbook> library, Optional<Environment> environment) {
        var problems = new ArrayList<Problem>();
        var target = environment.orElse(ANY);
        boolean changes = false;
        switch (Compiler.compile(runbook, samples(runbook, target), target, "", Map.of())) {
            case Compiled.Refused(var found) -> problems.addAll(found);
            case Compiled.Ok(var plan, _, _, var unused) -> {
                changes = plan.leaves().stream().anyMatch(Step.Action.class::isInstance);
                onward(runbook, plan, library, target, problems);
                approvers(runbook, plan, target, problems);
                notUndone(runbook, plan, library, target, problems);
                runbook.inputs().stream().filter(input -> unused.contains(input.name()) && !inWayBack(runbook, input))
                        .forEach(input -> problems.add(new Problem(input.at(), Problem.Severity.WARNING,
                                "input \"" + input.name() + "\" is never used",
                                "refer to it as $" + input.name() + ", or remove it")));
            }
        }
        new WatchNames(runbook, target).warn(problems);
        wayBack(runbook, library, target, changes, problems);
        return problems.stream().distinct().sorted(Comparator.comparing(Problem::at)).toList();
    }

    private static boolean inWayBack(Runbook runbook, Input input) {
        var wayBack = runbook.wayBack();
        return wayBack != null && wayBack.with().values().stream().anyMatch(value -> value.text().equals("$" + input.name()));
    }

    /// An input of each type that fits, where there is no default.
    static Map<String, String> samples(Runbook runbook, Environment environment) {
        var samples = new LinkedHashMap<String, String>();
        for (var input : runbook.inputs()) {
            if (input.fallback() == null) {
                samples.put(input.name(), switch (input.type()) {
                    case NODES -> "all";
                    case NODE -> environment.nodes().isEmpty() ? "node" : environment.nodeNames().getFirst();
                    case VERSION -> environment.versions().isEmpty() ? "1" : environment.versions().getFirst();
                    case DURATION -> bound(input, "1m");
                    case COUNT -> bound(input, "1");
                    case PERCENT -> bound(input, "100%");
                    case TEXT -> "text";
                });
            }
        }
        return samples;
    }

    private static String bound(Input input, String otherwise) {
        return Optional.ofNullable(input.atLeast()).or(() -> Optional.ofNullable(input.atMost())).orElse(otherwise);
    }

    private static void wayBack(Runbook runbook, List<Runbook> library, Environment environment, boolean changes,
            List<Problem> problems) {
        var start = runbook.start();
        var wayBack = runbook.wayBack();
        if (wayBack == null) {
            if (changes && !runbook.restores()) {
                problems.add(Problem.error(start, "this runbook changes nodes and has no way back",
                        "add wayBack: { runbook: rollback, with: { nodes: ... } }"));
            }
            return;
        }
        var target = library.stream().filter(one -> one.id().equals(wayBack.runbook())).findFirst();
        if (wayBack.runbook().equals(runbook.id())) {
            problems.add(Problem.error(start, "the way back is the runbook itself", "name another one, usually rollback"));
        } else if (target.isEmpty()) {
            problems.add(Problem.error(start, "no runbook \"" + wayBack.runbook() + "\" for the way back",
                    Nearest.suggestion(wayBack.runbook(), library.stream().map(Runbook::id).toList())));
        } else {
            WayBackInputs.check(runbook, wayBack, target.get(), environment, problems);
            circle(runbook, library, problems);
            asksNobody(target.get(), environment, start, problems);
        }
    }

    /// A way back leads somewhere: following them one after the other never comes back to one of them.
    private static void circle(Runbook runbook, List<Runbook> library, List<Problem> problems) {
        var seen = new ArrayList<String>();
        var at = Optional.of(runbook);
        while (at.isPresent()) {
            if (seen.contains(at.get().id())) {
                problems.add(Problem.error(runbook.start(), "the way back goes in a circle: " + String.join(" -> ", seen) + " -> "
                        + at.get().id(), "the last of them must be a runbook that restores, without a wayBack of its own"));
                return;
            }
            seen.add(at.get().id());
            var next = at.get().wayBack();
            at = next == null ? Optional.empty() : library.stream().filter(one -> one.id().equals(next.runbook())).findFirst();
        }
    }

    /// The way back asks for no second person and passes no point of no return.
    private static void asksNobody(Runbook target, Environment environment, Mark at, List<Problem> problems) {
        if (Compiler.compile(target, samples(target, environment), environment, "wayBack/", Map.of()) instanceof Compiled.Ok ok) {
            ok.plan().leaves().stream().filter(step -> step instanceof Step.Approval || step instanceof Step.PointOfNoReturn)
                    .forEach(step -> problems.add(Problem.error(at, "the way back " + target.id() + " cannot run by itself: "
                            + step.path().substring("wayBack/".length()) + " waits for "
                            + (step instanceof Step.Approval ? "an approval" : "somebody to pass a point of no return"),
                            "a way back is approved together with the start; take the step out of it")));
        }
    }

    /// A way back restores nodes. What a command or a call did elsewhere it undoes only where it has one of its own for that.
    private static void notUndone(Runbook runbook, Plan plan, List<Runbook> library, Environment environment,
            List<Problem> problems) {
        var errands = plan.leaves().stream().filter(Step.Errand.class::isInstance).map(Step::title).distinct().toList();
        var wayBack = runbook.wayBack();
        if (errands.isEmpty() || wayBack == null) {
            return;
        }
        var target = library.stream().filter(one -> one.id().equals(wayBack.runbook())).findFirst();
        boolean undoes = target.isPresent() && Compiler.compile(target.get(), samples(target.get(), environment), environment,
                "wayBack/", Map.of()) instanceof Compiled.Ok ok
                && ok.plan().leaves().stream().anyMatch(Step.Errand.class::isInstance);
        if (!undoes) {
            problems.add(new Problem(runbook.start(), Problem.Severity.WARNING,
                    "the way back does not undo \"" + String.join("\", \"", errands)
                            + "\": what a command or a call did stays done",
                    "where it has to be undone, put a command or a call for that into a way back of its own"));
        }
    }

    private static void onward(Runbook runbook, Plan plan, List<Runbook> library, Environment environment,
            List<Problem> problems) {
        for (var step : plan.leaves()) {
            if (step instanceof Step.PointOfNoReturn point) {
                var target = library.stream().filter(one -> one.id().equals(point.onward())).findFirst();
                if (target.isEmpty()) {
                    problems.add(Problem.error(runbook.start(), "no runbook \"" + point.onward() + "\" to go on with after "
                            + point.path(), Nearest.suggestion(point.onward(), library.stream().map(Runbook::id).toList())));
                } else if (target.get().id().equals(runbook.id())) {
                    problems.add(
                            Problem.error(runbook.start(), "what comes after " + point.path() + " is the runbook itself", ""));
                } else {
                    var inputs = new LinkedHashMap<>(samples(target.get(), environment));
                    inputs.putAll(point.with());
                    if (Compiler.compile(target.get(), inputs, environment, "onward/",
                            Map.of()) instanceof Compiled.Refused(var found)) {
                        found.forEach(problem -> problems.add(Problem.error(runbook.start(), "what comes after " + point.path()
                                + ", " + point.onward() + ", cannot run: " + problem.message(), problem.suggestion())));
                    }
                }
            }
        }
    }

    private static void approvers(Runbook runbook, Plan plan, Environment environment, List<Problem> problems) {
        for (var step : plan.leaves()) {
            if (step instanceof Step.Approval approval && !environment.nodes().isEmpty()) {
                var able = environment.people().stream().filter(person -> person.may(approval.may())).toList();
                if (able.size() == 1) {
                    problems.add(new Problem(runbook.start(), Problem.Severity.WARNING, "only " + able.getFirst().name()
                            + " may \"" + approval.may() + "\" at " + approval.path() + ", and cannot approve a run of their own",
                            ""));
                }
            }
        }
    }
}
