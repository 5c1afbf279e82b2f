package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.trigger.TriggerSpec.ByHand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What people said of an environment, and what was settled of it: the fold of reports, fires and acknowledgements in the order of the journal. Clocks
/// play no part in what counts.
///
/// @param reports all there ever were, the oldest first
/// @param settled by trigger: how many of them an acknowledgement has settled
/// @param seen by trigger that has fired: how many of them there were when it did. What came later is not settled by the acknowledgement
public record Said(List<Report> reports, Map<String, Integer> settled, Map<String, Integer> seen) {
    public static final Said NOTHING = new Said(List.of(), Map.of(), Map.of());

    public Said {
        reports = List.copyOf(reports);
        settled = Map.copyOf(settled);
        seen = Map.copyOf(seen);
    }

    public Said with(Report report) {
        var more = new ArrayList<>(reports);
        more.add(report);
        return new Said(more, settled, seen);
    }

    /// A trigger fired, for whatever reason.
    public Said fired(String trigger) {
        var more = new HashMap<>(seen);
        more.putIfAbsent(trigger, reports.size());
        return new Said(reports, settled, more);
    }

    public Said acknowledged(String trigger) {
        var left = new HashMap<>(seen);
        var until = left.remove(trigger);
        var done = new HashMap<>(settled);
        done.put(trigger, until == null ? reports.size() : until);
        return new Said(reports, done, left);
    }

    /// What counts for a trigger.
    List<Report> of(TriggerSpec spec) {
        return Report.Kind.of(spec).map(kind -> after(settled.getOrDefault(spec.name(), 0), kind)).orElse(List.of());
    }

    private List<Report> after(int index, Report.Kind kind) {
        return reports.subList(Math.min(index, reports.size()), reports.size()).stream().filter(one -> one.kind() == kind)
                .toList();
    }

    /// Where a trigger stands by what was said alone; empty for one that nobody can report to.
    public Optional<Phase> phase(TriggerSpec spec, Instant now) {
        return switch (spec) {
            case ByHand hand -> Optional.of(HandState.judged(hand, of(hand), now));
            case TriggerSpec.DataLoss loss -> Optional.of(of(loss).isEmpty()
                    ? new Phase.Quiet("no data loss was reported")
                    : new Phase.Fired(now, LossState.evidence(List.of(), of(loss))));
            default -> Optional.empty();
        };
    }

    /// What was reported since a trigger fired, to be added to what it fired for; empty where nothing was.
    public String since(TriggerSpec spec) {
        var index = seen.get(spec.name());
        var later = index == null
                ? List.<Report>of()
                : Report.Kind.of(spec).map(kind -> after(index, kind)).orElse(List.of());
        return later.isEmpty()
                ? ""
                : "; since then " + later.stream().map(Report::words).collect(Collectors.joining("; "));
    }
}
