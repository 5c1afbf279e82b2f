package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.signal.ClientSignals.Recovery;
import io.lockkeeper.domain.trigger.TriggerSpec.FailuresInARow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// T2: failed recoveries in a row. The row is counted anew at each evaluation, so that an event that came late is where it belongs.
///
/// @param since only what settled later counts
/// @param last the last evaluation; `null` before the first
public record RowState(FailuresInARow spec, Phase phase, Instant since, @Nullable Instant last) implements TriggerState {
    RowState(FailuresInARow spec) {
        this(spec, new Phase.Quiet("not evaluated yet"), Instant.MIN, null);
    }

    @Override
    public RowState at(Moment moment) {
        var now = moment.now();
        if (fired() || (last != null && !now.isAfter(last))) {
            return this;
        }
        return new RowState(spec, next(moment), since, now);
    }

    private Phase next(Moment moment) {
        var blind = moment.fault().or(moment::nobody);
        if (blind.isPresent()) {
            return Phase.blind(phase, moment.now(), blind.get());
        }
        var row = new ArrayList<Recovery>();
        for (var recovery : moment.signals().recoveries(since, moment.now())) {
            if (recovery.good()) {
                row.clear();
            } else {
                row.add(recovery);
            }
            if (row.size() > spec.moreThan() && clients(row) >= spec.clients()) {
                return new Phase.Fired(moment.now(), evidence(row));
            }
        }
        if (row.isEmpty()) {
            return new Phase.Quiet("no recovery has failed since the last that succeeded");
        }
        return new Phase.Holding(row.getFirst().at(), null, row.size() + " of " + (spec.moreThan() + 1) + " in a row, of "
                + clients(row) + (clients(row) == 1 ? " client" : " clients"));
    }

    private static long clients(List<Recovery> row) {
        return row.stream().map(Recovery::client).distinct().count();
    }

    private static String evidence(List<Recovery> row) {
        return row.size() + " recoveries failed in a row, of " + clients(row) + " clients: "
                + row.stream().skip(Math.max(0, row.size() - 6)).map(one -> one.client() + " at " + one.at())
                        .collect(Collectors.joining(", "));
    }

    @Override
    public RowState acknowledged(Instant at) {
        return fired() ? new RowState(spec, new Phase.Quiet("acknowledged at " + at), at, last) : this;
    }
}
