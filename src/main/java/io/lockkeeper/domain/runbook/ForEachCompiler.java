package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A forEach written out: a lane per node, in batches where it says so.
final class ForEachCompiler {
    /// Compiles the steps within.
    interface Inner {
        List<Step> steps(List<Marked.Mapping> written, String prefix, Scope scope);
    }

    private final Environment environment;
    private final Map<String, RestorePoint> restore;
    private final List<Problem> problems;
    private final Inner inner;

    ForEachCompiler(Environment environment, Map<String, RestorePoint> restore, List<Problem> problems, Inner inner) {
        this.environment = environment;
        this.restore = restore;
        this.problems = problems;
        this.inner = inner;
    }

    List<Step> forEach(Values values, String path, String title, Scope scope) {
        var fields = values.fields();
        var as = fields.requiredText("as");
        as.filter(scope::knows)
                .ifPresent(name -> fields.problem(fields.at("as"), "\"" + name + "\" is already the name of something else", ""));
        var nodes = values.nodes("in");
        int maxUnavailable = maxUnavailable(values);
        if (!fields.has("steps")) {
            fields.required("steps");
        }
        var written = RunbookReader.mappings(fields.items("steps").orElse(List.of()), problems);
        var lanes = nodes.stream().map(node -> {
            var lane = path + "[" + node + "]";
            var within = scope.with(as.orElse("?"), node);
            var before = restore.get(node);
            var full = before == null || before.version() == null ? within : within.with("version.before", before.version());
            return new Step.Lane(lane, node, inner.steps(written, lane + "/", full));
        }).toList();
        return fields.has("batches")
                ? inBatches(values, path, title, lanes, maxUnavailable, scope)
                : single(fields, path, title, lanes, maxUnavailable);
    }

    private static List<Step> single(Fields fields, String path, String title, List<Step.Lane> lanes, int maxUnavailable) {
        if (fields.has("after")) {
            fields.value("after");
            fields.problem(fields.at("after"), "\"after\" has no meaning without \"batches\"",
                    "put these steps after the forEach, or add batches");
        }
        return List.of(new Step.ForEach(path, title, lanes, maxUnavailable));
    }

    /// A whole number, or a share of the fleet rounded down, but never none.
    private int maxUnavailable(Values values) {
        int fleet = environment.nodes().size();
        var given = values.countOrShare("maxUnavailable", fleet);
        boolean share = values.plain("maxUnavailable").filter(text -> text.endsWith("%")).isPresent();
        long count = given == null ? Long.parseLong(Grammar.fallback(StepKind.FOR_EACH, "maxUnavailable")) : given;
        if (values.plain("maxUnavailable").filter("100%"::equals).isPresent()) {
            values.problem("maxUnavailable", "this could take out the whole fleet at once", "usually 1, or 25% of a large fleet");
        } else if (count < 1 && !share) {
            values.problem("maxUnavailable", "\"maxUnavailable\" must be at least 1", "");
        } else if (fleet > 0 && count >= fleet) {
            values.problem("maxUnavailable", "this could take out all " + fleet + " nodes at once",
                    "at most " + (fleet - 1) + ", usually 1");
        }
        return Math.clamp(count, 1, 1_000);
    }

    /// Batches are shares of the nodes that have been done once they end; each has at least one node more than the one before.
    private List<Step> inBatches(Values values, String path, String title, List<Step.Lane> lanes, int maxUnavailable,
            Scope scope) {
        var after = RunbookReader.mappings(values.fields().items("after").orElse(List.of()), problems);
        var ends = ends(values, lanes.size());
        var steps = new ArrayList<Step>();
        int done = 0;
        for (int batch = 1; batch <= ends.size(); batch++) {
            int end = ends.get(batch - 1);
            steps.add(new Step.ForEach(path + "/batch-" + batch, title + " (batch " + batch + " of " + ends.size() + ")",
                    lanes.subList(done, end), maxUnavailable));
            steps.addAll(inner.steps(after, path + "/after-" + batch + "/", scope));
            done = end;
        }
        return steps;
    }

    private List<Integer> ends(Values values, int lanes) {
        var ends = new ArrayList<Integer>();
        int last = 0;
        for (var share : values.fields().names("batches")) {
            int percent = Fields.percent(share, "a batch", problems).orElse(0);
            if (percent <= last) {
                problems.add(Problem.error(share.at(), "each batch must be larger than the one before: " + share.text(),
                        "they are shares of all nodes, like [10%, 50%, 100%]"));
            }
            last = percent;
            int end = Math.min(lanes, (lanes * percent + 99) / 100);
            if (end > (ends.isEmpty() ? 0 : ends.getLast())) {
                ends.add(end);
            }
        }
        if (last != 100) {
            values.problem("batches", "the last batch must be 100%, or some nodes would be left out", "add 100%");
        }
        return ends;
    }
}
