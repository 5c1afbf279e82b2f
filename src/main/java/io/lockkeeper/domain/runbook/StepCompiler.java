package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.ErrandKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Steps as written to steps as walked.
final class StepCompiler {
    private final Environment environment;
    private final Map<String, RestorePoint> restore;
    private final List<Problem> problems;

    StepCompiler(Environment environment, Map<String, RestorePoint> restore, List<Problem> problems) {
        this.environment = environment;
        this.restore = restore;
        this.problems = problems;
    }

    List<Step> steps(List<Marked.Mapping> written, String prefix, Scope scope) {
        var steps = new ArrayList<Step>();
        Set<String> ids = new HashSet<>();
        var known = scope;
        boolean ended = false;
        for (var mapping : written) {
            if (ended) {
                problems.add(Problem.error(mapping.at(), "this step can never be reached",
                        "every choice of the decision before it ends the run or goes back; give one \"then: continue\""));
            }
            var compiled = step(mapping, prefix, known, ids);
            for (var step : compiled) {
                known = withAnswers(step, known);
                ended |= step instanceof Step.Decision decision
                        && decision.choices().stream().noneMatch(choice -> choice.then() == ChoiceExit.CONTINUE);
            }
            steps.addAll(compiled);
        }
        return List.copyOf(steps);
    }

    /// What comes after a question may use its answer.
    private static Scope withAnswers(Step step, Scope scope) {
        return switch (step) {
            case Step.Checklist list -> {
                var more = scope;
                for (var item : list.items()) {
                    if (item.ask() != null) {
                        more = more.withAnswer(item.id(), new Scope.Answer("$" + list.path() + "#" + item.id(), item.type()));
                    }
                }
                yield more;
            }
            case Step.Decision decision ->
                scope.withAnswer(decision.path().substring(decision.path().lastIndexOf('/') + 1),
                        new Scope.Answer("$" + decision.path(), null));
            default -> scope;
        };
    }

    /// One step as written; a forEach in batches becomes several.
    private List<Step> step(Marked.Mapping mapping, String prefix, Scope scope, Set<String> ids) {
        var fields = new Fields(mapping, problems);
        var kinds = Arrays.stream(StepKind.values()).filter(kind -> fields.has(kind.key())).toList();
        if (kinds.size() != 1) {
            var keys = Arrays.stream(StepKind.values()).map(StepKind::key).toList();
            fields.problem(mapping.at(), kinds.isEmpty()
                    ? "this step has no kind"
                    : "this step has several kinds: " + String.join(", ", kinds.stream().map(StepKind::key).toList()),
                    kinds.isEmpty() ? guess(mapping, keys) : "exactly one of " + String.join(", ", keys));
            return List.of();
        }
        var id = id(fields, ids);
        var title = fields.requiredText(kinds.getFirst().key());
        var values = new Values(fields, kinds.getFirst(), scope, environment, problems);
        var path = prefix + id.orElse("?");
        int before = problems.size();
        var words = title.orElse("");
        List<? extends Step> step = switch (kinds.getFirst()) {
            case CHECKLIST -> one(new ChecklistCompiler(problems).checklist(fields, path, words));
            case ACTION -> one(action(values, path, words));
            case GATE -> one(new GateCompiler(values, restore, problems).gate(path, words));
            case SOAK -> new SoakCompiler(restore, problems).soak(values, path, words);
            case DECISION ->
                one(new DecisionCompiler(problems, (inner, in) -> steps(inner, in, scope)).decision(values, path, words));
            case APPROVAL -> one(approval(values, path, words));
            case POINT_OF_NO_RETURN -> one(pointOfNoReturn(values, path, words));
            case NOTE ->
                one(values.answerOr("text", null, () -> values.text("text")).map(text -> new Step.Note(path, words, text)));
            case FOR_EACH -> new ForEachCompiler(environment, restore, problems, this::steps).forEach(values, path, words, scope);
        };
        fields.done();
        return problems.size() == before && id.isPresent() && title.isPresent() ? List.copyOf(step) : List.of();
    }

    private static List<Step> one(Optional<? extends Step> step) {
        return step.map(known -> List.<Step>of(known)).orElse(List.of());
    }

    private Optional<Step> approval(Values values, String path, String title) {
        var may = values.has("may") ? values.text("may") : Optional.of(Grammar.fallback(StepKind.APPROVAL, "may"));
        var expires = values.duration("expires")
                .orElseGet(() -> Durations.parse(Grammar.fallback(StepKind.APPROVAL, "expires")).orElseThrow());
        if (expires.isZero()) {
            values.problem("expires", "a request that expires at once cannot be answered", "write e.g. 4h");
        }
        var able = environment.people().stream().filter(person -> may.filter(person::may).isPresent()).toList();
        if (values.knowsEnvironment() && may.isPresent() && able.isEmpty()) {
            values.problem("approval", "nobody on the roster of " + environment.name() + " may \"" + may.get() + "\"",
                    "add a person with may: [" + may.get() + "] to its people, or remove this step");
        }
        return may.map(what -> new Step.Approval(path, title, what, expires));
    }

    private Optional<Step> pointOfNoReturn(Values values, String path, String title) {
        var text = values.text("text");
        if (!values.has("onward")) {
            values.fields().required("onward");
        }
        return text.flatMap(words -> values.fields().fields("onward").flatMap(fields -> {
            var runbook = fields.requiredText("runbook");
            var with = new LinkedHashMap<String, String>();
            fields.scalars("with").forEach((name, value) -> values.scope().resolve(value)
                    .ifPresent(known -> with.put(name.text(), known.text())));
            fields.done();
            return runbook.map(id -> new Step.PointOfNoReturn(path, title, words, id, with));
        }));
    }

    private static String guess(Marked.Mapping mapping, List<String> kinds) {
        return mapping.entries().keySet().stream()
                .flatMap(key -> Nearest.to(key.text(), kinds).map(kind -> "did you mean \"" + kind + "\" instead of \""
                        + key.text() + "\"?").stream())
                .findFirst().orElse("exactly one of " + String.join(", ", kinds));
    }

    private static Optional<String> id(Fields fields, Set<String> ids) {
        return fields.requiredText("id").filter(id -> {
            if (!RunbookReader.ID.matcher(id).matches()) {
                fields.problem(fields.at("id"), "\"" + id + "\" is no id",
                        "use lower-case letters, digits and dashes, beginning with a letter");
                return false;
            }
            if (!ids.add(id)) {
                fields.problem(fields.at("id"), "id \"" + id + "\" stands here a second time",
                        "ticks and resumption bind to it; make it unique here");
                return false;
            }
            return true;
        });
    }

    private Optional<Step> action(Values values, String path, String title) {
        var written = values.choice("do", Grammar.VERBS, word -> word);
        var errand = Arrays.stream(ErrandKind.values()).filter(kind -> written.equals(Optional.of(kind.verb()))).findFirst();
        if (errand.isPresent()) {
            values.checkOnly(errand.get().verb());
            return new ErrandCompiler(values, environment, problems).errand(errand.get(), path, title);
        }
        var verb = Arrays.stream(Verb.values()).filter(one -> written.equals(Optional.of(one.key()))).findFirst();
        var node = values.node("node");
        if (verb.isEmpty() || node.isEmpty()) {
            return Optional.empty();
        }
        values.checkOnly(verb.get().key());
        if (!environment.nodes().isEmpty() && !environment.can(verb.get().needs())) {
            values.problem("do", "this environment cannot " + verb.get().needs().words(),
                    "its adapters do not offer it; see docs/adapters.md");
        }
        var pipeline = environment.guards().pipeline();
        if (verb.get() == Verb.DEPLOY && pipeline != null) {
            values.problem("do", "versions of " + environment.name() + " belong to " + pipeline + ", which would undo this",
                    "deploy there, or take \"versionsOwnedBy\" out of the environment file");
        }
        var point = restore.get(node.get());
        if (verb.get() == Verb.ENABLE && point != null && point.wasOut()) {
            return Optional.of(new Step.Note(path, title, node.get() + " was out of rotation before the run; it is left out"));
        }
        var version = switch (verb.get()) {
            case DEPLOY -> values.answerOr("version", InputType.VERSION, () -> values.requiredVersion("version"));
            case ROLLBACK -> versionBefore(values, node.get());
            default -> Optional.<String>empty();
        };
        var percent = verb.get() == Verb.SHARE ? values.requiredPercent("percent") : Optional.<Integer>empty();
        var terms = verb.get() == Verb.DRAIN || verb.get() == Verb.CLOSE_SESSIONS
                ? Optional.of(terms(values))
                : Optional.<Step.DrainTerms>empty();
        var timeout = values.duration("timeout").orElseGet(() -> timeout(verb.get()));
        return Optional.of(new Step.Action(path, title, verb.get(), node.get(), version.orElse(null), percent.orElse(null),
                terms.orElse(null), timeout, compatible(values)));
    }

    private @Nullable Compatible compatible(Values values) {
        return values.fields().fields("compatible").map(fields -> {
            var inner = values.of(fields, StepKind.ACTION);
            var compatible = new Compatible(way(inner, "schema"), way(inner, "sessions"), way(inner, "clients"));
            fields.done();
            return compatible;
        }).orElse(null);
    }

    private static Compatible.Way way(Values values, String key) {
        return values.choice(key, Arrays.asList(Compatible.Way.values()), Compatible.Way::key).orElse(Compatible.Way.UNKNOWN);
    }

    private Optional<String> versionBefore(Values values, String node) {
        if (restore.isEmpty()) {
            return Optional.empty(); // linted on its own: the version is known only when a run begins
        }
        var point = restore.get(node);
        if (point == null || point.version() == null) {
            values.problem("do", node + " did not say which version it runs: there is nothing to roll back to",
                    "mend the node's view, then begin again");
            return Optional.empty();
        }
        return Optional.of(point.version());
    }

    private static Step.DrainTerms terms(Values values) {
        var deadline = values.duration("deadline")
                .orElseGet(() -> Durations.parse(Grammar.fallback(StepKind.ACTION, "deadline")).orElseThrow());
        var stragglers = values.choice("stragglers", Arrays.asList(Stragglers.values()), Stragglers::key).orElse(Stragglers.ASK);
        long rate = values.count("rate").orElseGet(() -> Long.parseLong(Grammar.fallback(StepKind.ACTION, "rate")));
        if (rate < 1 || rate > 100_000) {
            values.problem("rate", "\"rate\" must be from 1 to 100000 per second", "");
        }
        return new Step.DrainTerms(deadline, stragglers, Math.clamp(rate, 1, 100_000));
    }

    private static Duration timeout(Verb verb) {
        return switch (verb) {
            case DRAIN, ENABLE, SHARE -> Duration.ofSeconds(15);
            case CLOSE_SESSIONS -> Duration.ofMinutes(5);
            case RESTART -> Duration.ofMinutes(2);
            case DEPLOY, ROLLBACK -> Duration.ofMinutes(3);
        };
    }
}
