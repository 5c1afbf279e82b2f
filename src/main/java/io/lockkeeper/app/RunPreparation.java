package io.lockkeeper.app;

import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.runbook.Compiled;
import io.lockkeeper.domain.runbook.Compiler;
import io.lockkeeper.domain.runbook.Lint;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.runbook.Runbook;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Verb;
import io.lockkeeper.domain.runbook.WayBackInputs;
import io.lockkeeper.port.Time;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Prepares runs of one environment: what was asked for, compiled against what is known now, with the way back ready.
public final class RunPreparation implements RunDesk {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Environment environment;
    private final RunbookLibrary library;
    private final Time time;
    private final String applicationVersion;
    private final Supplier<String> nonces;
    private final Guarding guarding;

    /// Nobody watches.
    public RunPreparation(Environment environment, RunbookLibrary library, Time time, String applicationVersion,
            Supplier<String> nonces) {
        this(environment, library, time, applicationVersion, nonces, Guarding.NOBODY);
    }

    /// @param nonces unpredictable texts that never repeat
    /// @param guarding what the triggers that guard a run go by
    public RunPreparation(Environment environment, RunbookLibrary library, Time time, String applicationVersion,
            Supplier<String> nonces, Guarding guarding) {
        this.guarding = guarding;
        this.environment = environment;
        this.library = library;
        this.time = time;
        this.applicationVersion = applicationVersion;
        this.nonces = nonces;
    }

    @Override
    public Prepared prepare(RunRequest request, Snapshot snapshot) {
        var runbook = find(request.runbook());
        if (runbook.isEmpty()) {
            return new Prepared.Refused(List.of("there is no usable runbook \"" + request.runbook() + "\"; "
                    + Nearest.suggestion(request.runbook(), library.runbooks().stream().map(Runbook::id).toList())));
        }
        var problems = new ArrayList<String>();
        Lint.of(runbook.get(), library.runbooks(), Optional.of(environment)).stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR).map(Problem::toString).forEach(problems::add);
        var open = snapshot.run();
        if (open != null && open.open()) {
            problems.add("run " + open.run() + " is open; one run at a time in an environment");
        }
        if (!problems.isEmpty()) {
            return new Prepared.Refused(problems);
        }
        return request.toKnownGood()
                ? toKnownGood(request, runbook.get(), snapshot)
                : forward(request, runbook.get(), snapshot, Map.of(),
                        request.inputs());
    }

    private Optional<Runbook> find(String id) {
        return library.runbooks().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    private Prepared toKnownGood(RunRequest request, Runbook runbook, Snapshot snapshot) {
        var good = snapshot.knownGood();
        if (good == null) {
            return new Prepared.Refused(List.of(
                    "nothing is recorded as known good in this environment; a deploy that ends well records it, or a person sets it"));
        }
        var now = time.now();
        var goals = new TreeMap<String, RestorePoint>();
        good.versions().forEach((node, version) -> goals.put(node, new RestorePoint(node, version, Map.of(), Map.of())));
        var differing = good.versions().entrySet().stream()
                .filter(entry -> !snapshot.fleet().view(entry.getKey(), now).map(view -> entry.getValue().equals(view.version()))
                        .orElse(false)
                        || !snapshot.fleet().serves(entry.getKey(), now))
                .map(Map.Entry::getKey).sorted().toList();
        if (differing.isEmpty()) {
            return new Prepared.Refused(List.of("every node serves and runs its known good version already"));
        }
        var inputs = new LinkedHashMap<>(request.inputs());
        inputs.putIfAbsent("nodes", String.join(",", differing));
        return forward(request, runbook, snapshot, goals, inputs);
    }

    private Prepared forward(RunRequest request, Runbook runbook, Snapshot snapshot, Map<String, RestorePoint> goals,
            Map<String, String> given) {
        if (goals.isEmpty() && runbook.restores()) {
            return new Prepared.Refused(List.of("runbook " + runbook.id()
                    + " puts nodes back and needs to know to what: start it as \"roll back to known good\", or as the way back of a run"));
        }
        return switch (Compiler.compile(runbook, given, environment, "", goals)) {
            case Compiled.Refused(var problems) -> new Prepared.Refused(problems.stream().map(RunPreparation::words).toList());
            case Compiled.Ok ok -> arm(request, runbook, snapshot, ok, goals);
        };
    }

    /// Inputs are wrong where they were given, not where the file declares them.
    private static String words(Problem problem) {
        return problem.message() + (problem.suggestion().isEmpty() ? "" : " (" + problem.suggestion() + ")");
    }

    private Prepared arm(RunRequest request, Runbook runbook, Snapshot snapshot, Compiled.Ok compiled,
            Map<String, RestorePoint> goals) {
        var now = time.now();
        var nodes = compiled.plan().leaves().stream().flatMap(RunPreparation::touched).distinct().toList();
        var problems = new ArrayList<String>();
        var points = new LinkedHashMap<String, RestorePoint>();
        var dead = goals.isEmpty() ? silent(compiled.plan(), nodes, snapshot, now) : Map.<String, String>of();
        for (var node : nodes) {
            point(node, snapshot.fleet(), now, !goals.isEmpty() || dead.containsKey(node), problems)
                    .map(point -> dead.containsKey(node)
                            ? new RestorePoint(node, dead.get(node), point.admin(), point.weight())
                            : point)
                    .ifPresent(point -> points.put(node, point));
        }
        if (!problems.isEmpty()) {
            return new Prepared.Refused(problems);
        }
        var known = knownOfAll(points, snapshot.fleet(), now);
        var wayBack = wayBack(runbook, compiled, points, known, problems);
        if (!problems.isEmpty()) {
            return new Prepared.Refused(problems);
        }
        var run = unused(runbook.id() + "-" + STAMP.format(now), snapshot);
        var start = new Command.Start(request.actor(), run, request.reason(), runbook.source(), runbook.sourceHash(),
                compiled.plan(), wayBack, onward(compiled.plan(), known, problems), compiled.onAbort(), compiled.inputs(),
                List.copyOf(points.values()), request.guided(), environment.hash(), applicationVersion, nonces.get());
        if (!problems.isEmpty()) {
            return new Prepared.Refused(problems);
        }
        var warnings = warnings(snapshot, nodes, now);
        dead.forEach((node, version) -> warnings.add(
                node + " does not answer; its way back is " + version + ", its known good version"));
        compiled.plan().leaves().stream().filter(Step.Action.class::isInstance).map(step -> ((Step.Action) step).compatible())
                .filter(Objects::nonNull).flatMap(compatible -> compatible.doubts().stream()).distinct()
                .forEach(doubt -> warnings.add("if it has to go back: " + doubt));
        if (wayBack != null) {
            compiled.plan().leaves().stream().filter(Step.Errand.class::isInstance).map(Step::title).distinct().forEach(
                    title -> warnings.add("if it has to go back: what \"" + title + "\" did is not undone by that"));
        }
        waits(compiled.plan().steps(), snapshot.fleet(), now).ifPresent(warnings::add);
        warnings.addAll(guarding.warnings(compiled.plan().watch(), environment, snapshot, now));
        return new Prepared.Ready(start, warnings);
    }

    /// A node that does not answer can be brought back by a runbook that puts no version on it: then it goes back to its known good one.
    private static Map<String, String> silent(Plan plan, List<String> nodes, Snapshot snapshot, Instant now) {
        var deployed = plan.leaves().stream().filter(Step.Action.class::isInstance).map(Step.Action.class::cast)
                .filter(action -> action.verb() == Verb.DEPLOY).map(Step.Action::node).toList();
        var good = snapshot.knownGood();
        var silent = new TreeMap<String, String>();
        for (var node : nodes) {
            var version = good == null ? null : good.versions().get(node);
            if (version != null && !deployed.contains(node) && snapshot.fleet().view(node, now).isEmpty()) {
                silent.put(node, version);
            }
        }
        return silent;
    }

    private static Stream<String> touched(Step step) {
        return switch (step) {
            case Step.Action action -> Stream.of(action.node());
            case Step.Errand errand -> Stream.ofNullable(errand.node());
            default -> Stream.empty();
        };
    }

    /// Two runs of one runbook may begin within one second.
    private static String unused(String id, Snapshot snapshot) {
        var known = snapshot.runs().stream().map(RunSummary::run).toList();
        return IntStream.iterate(1, n -> n + 1).mapToObj(n -> n == 1 ? id : id + "-" + n).filter(name -> !known.contains(name))
                .findFirst().orElse(id);
    }

    /// What a node is now, to be restored later. A run does not begin while that cannot be read, unless it is itself a rollback.
    private Optional<RestorePoint> point(String node, Fleet fleet, Instant now, boolean rollback, List<String> problems) {
        var admin = new TreeMap<String, AdminState>();
        var weight = new TreeMap<String, Integer>();
        for (var balancer : environment.balancers()) {
            var server = fleet.server(balancer, node, now);
            if (server.isEmpty()) {
                problems.add("balancer " + balancer + " cannot be read, so the state of " + node
                        + " before the run is not known; see its link");
            } else {
                admin.put(balancer, server.get().admin());
                weight.put(balancer, server.get().weight());
            }
        }
        var view = fleet.view(node, now);
        if (view.isEmpty() && !rollback) {
            problems.add(node
                    + " does not answer, so its version before the run is not known; see its link, or say which version it should"
                    + " run with \"known-good --set\" where the runbook only restarts it");
        }
        return Optional.of(new RestorePoint(node, view.map(one -> one.version()).orElse(null), admin, weight));
    }

    /// A way back may name more nodes than the run touches: it is compiled for all of them, and cut to those that were touched.
    private Map<String, RestorePoint> knownOfAll(Map<String, RestorePoint> points, Fleet fleet, Instant now) {
        var known = new LinkedHashMap<>(points);
        for (var node : environment.nodeNames()) {
            if (!known.containsKey(node)) {
                point(node, fleet, now, true, new ArrayList<>()).filter(point -> point.version() != null)
                        .ifPresent(point -> known.put(node, point));
            }
        }
        return known;
    }

    private @Nullable Plan wayBack(Runbook runbook, Compiled.Ok compiled, Map<String, RestorePoint> points,
            Map<String, RestorePoint> known, List<String> problems) {
        var declared = runbook.wayBack();
        boolean versions = points.values().stream().allMatch(point -> point.version() != null);
        if (declared == null && (!runbook.restores() || !versions)) {
            return null;
        }
        var target = declared == null ? Optional.of(runbook) : find(declared.runbook());
        var inputs = declared == null ? compiled.inputs() : WayBackInputs.of(declared, compiled.inputs());
        return target.map(back -> switch (Compiler.compile(back, inputs, environment, "wayBack/", known)) {
            case Compiled.Ok ok -> ok.plan();
            case Compiled.Refused(var found) -> {
                found.forEach(problem -> problems.add("the way back cannot be armed: " + problem));
                yield null;
            }
        }).orElse(null);
    }

    /// What stands in for the way back past each point of no return.
    private Map<String, Plan> onward(Plan plan, Map<String, RestorePoint> points, List<String> problems) {
        var onward = new TreeMap<String, Plan>();
        for (var step : plan.leaves()) {
            if (step instanceof Step.PointOfNoReturn point) {
                find(point.onward()).ifPresentOrElse(runbook -> {
                    switch (Compiler.compile(runbook, point.with(), environment, "onward/", points)) {
                        case Compiled.Ok ok -> onward.put(point.path(), ok.plan());
                        case Compiled.Refused(var found) -> found.forEach(
                                problem -> problems.add("what comes after " + point.path() + " cannot be armed: " + problem));
                    }
                }, () -> problems.add("there is no runbook \"" + point.onward() + "\" to go on with after " + point.path()));
            }
        }
        return onward;
    }

    private List<String> warnings(Snapshot snapshot, List<String> nodes, Instant now) {
        var warnings = new ArrayList<String>();
        for (var node : environment.nodeNames()) {
            if (!snapshot.fleet().serves(node, now)) {
                warnings.add(node + " does not serve now" + (nodes.contains(node) ? "" : "; it counts as unavailable"));
            }
        }
        Optional.ofNullable(snapshot.run()).map(RunState::ended).filter(ended -> !ended.left().isEmpty())
                .ifPresent(ended -> warnings.add("the last run left: " + String.join("; ", ended.left())));
        return warnings;
    }

    /// A run whose first node cannot be taken out, because as many as may be are out already, would stand still at once.
    private Optional<String> waits(List<Step> steps, Fleet fleet, Instant now) {
        for (var step : steps) {
            if (step instanceof Step.ForEach each && !each.lanes().isEmpty()) {
                var out = environment.nodeNames().stream().filter(node -> !fleet.serves(node, now)).toList();
                var first = each.lanes().getFirst().node();
                if (out.size() >= each.maxUnavailable() && !out.contains(first)) {
                    return Optional.of("the run will wait at " + first + ": at most " + each.maxUnavailable()
                            + " may be out at once, and " + String.join(", ", out)
                            + " is out already. Return it first, or name it"
                            + " first in the nodes");
                }
            }
        }
        return Optional.empty();
    }
}
