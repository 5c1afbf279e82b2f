package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        for (var mapping : written) {
            step(mapping, prefix, scope, ids).ifPresent(steps::add);
        }
        return steps;
    }

    private Optional<Step> step(Marked.Mapping mapping, String prefix, Scope scope, Set<String> ids) {
        var fields = new Fields(mapping, problems);
        var kinds = Arrays.stream(StepKind.values()).filter(kind -> fields.has(kind.key())).toList();
        if (kinds.size() != 1) {
            var keys = Arrays.stream(StepKind.values()).map(StepKind::key).toList();
            fields.problem(mapping.at(), kinds.isEmpty()
                    ? "this step has no kind"
                    : "this step has several kinds: " + String.join(", ", kinds.stream().map(StepKind::key).toList()),
                    kinds.isEmpty() ? guess(mapping, keys) : "exactly one of " + String.join(", ", keys));
            return Optional.empty();
        }
        var id = id(fields, ids);
        var title = fields.requiredText(kinds.getFirst().key());
        var values = new Values(fields, kinds.getFirst(), scope, environment, problems);
        var path = prefix + id.orElse("?");
        int before = problems.size();
        var words = title.orElse("");
        Optional<? extends Step> step = switch (kinds.getFirst()) {
            case CHECKLIST -> new ChecklistCompiler(problems).checklist(fields, path, words);
            case ACTION -> action(values, path, words);
            case GATE -> new GateCompiler(values, restore, problems).gate(path, words);
            case NOTE -> values.text("text").map(text -> new Step.Note(path, words, text));
            case FOR_EACH -> forEach(fields, values, path, words, scope);
        };
        fields.done();
        return problems.size() == before && id.isPresent() && title.isPresent() ? step.map(one -> (Step) one) : Optional.empty();
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
        var verb = values.choice("do", Arrays.asList(Verb.values()), Verb::key);
        var node = values.node("node");
        if (verb.isEmpty() || node.isEmpty()) {
            return Optional.empty();
        }
        values.checkOnly(verb.get().key());
        if (!environment.nodes().isEmpty() && !environment.can(verb.get().needs())) {
            values.problem("do", "this environment cannot " + verb.get().needs().words(),
                    "its adapters do not offer it; see docs/adapters.md");
        }
        var point = restore.get(node.get());
        if (verb.get() == Verb.ENABLE && point != null && point.wasOut()) {
            return Optional.of(new Step.Note(path, title, node.get() + " was out of rotation before the run; it is left out"));
        }
        var version = switch (verb.get()) {
            case DEPLOY -> values.requiredVersion("version");
            case ROLLBACK -> versionBefore(values, node.get());
            default -> Optional.<String>empty();
        };
        var percent = verb.get() == Verb.SHARE ? values.requiredPercent("percent") : Optional.<Integer>empty();
        var terms = verb.get() == Verb.DRAIN || verb.get() == Verb.CLOSE_SESSIONS
                ? Optional.of(terms(values))
                : Optional.<Step.DrainTerms>empty();
        var timeout = values.duration("timeout").orElseGet(() -> timeout(verb.get()));
        return Optional.of(new Step.Action(path, title, verb.get(), node.get(), version.orElse(null), percent.orElse(null),
                terms.orElse(null),
                timeout));
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

    private Optional<Step> forEach(Fields fields, Values values, String path, String title, Scope scope) {
        var as = fields.requiredText("as");
        as.filter(scope::knows)
                .ifPresent(name -> fields.problem(fields.at("as"), "\"" + name + "\" is already the name of something else", ""));
        var nodes = values.nodes("in");
        long maxUnavailable = values.count("maxUnavailable").orElseGet(() -> Long.parseLong(Grammar.fallback(StepKind.FOR_EACH,
                "maxUnavailable")));
        if (maxUnavailable < 1) {
            values.problem("maxUnavailable", "\"maxUnavailable\" must be at least 1", "");
        } else if (!environment.nodes().isEmpty() && maxUnavailable >= environment.nodes().size()) {
            values.problem("maxUnavailable", "this could take out all " + environment.nodes().size() + " nodes at once",
                    "at most " + (environment.nodes().size() - 1) + ", usually 1");
        }
        if (!fields.has("steps")) {
            fields.required("steps");
        }
        var written = RunbookReader.mappings(fields.items("steps").orElse(List.of()), problems);
        var lanes = nodes.stream().map(node -> {
            var lane = path + "[" + node + "]";
            var inner = scope.with(as.orElse("?"), node);
            var before = restore.get(node);
            var full = before == null || before.version() == null ? inner : inner.with("version.before", before.version());
            return new Step.Lane(lane, node, steps(written, lane + "/", full));
        }).toList();
        return Optional.of(new Step.ForEach(path, title, lanes, Math.clamp(maxUnavailable, 1, 1_000)));
    }
}
