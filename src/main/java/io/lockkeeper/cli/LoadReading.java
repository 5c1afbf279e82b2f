package io.lockkeeper.cli;

import io.lockkeeper.domain.history.Step;
import io.lockkeeper.domain.trigger.RecordedBaseline.Load;

/// What a service carried over a time, from its history.
final class LoadReading {
    private LoadReading() {}

    static Load of(Desk.Kept kept, PastOptions.Range range, long cyclesPerMinute) throws Desk.Unusable {
        var step = range.length().compareTo(Step.RAW.kept()) <= 0 ? Step.RAW : Step.HOUR;
        long[] clients = new long[1];
        double[] sum = new double[1];
        long[] count = new long[1];
        kept.values("clients.connected", step, range.from(), range.to(),
                one -> clients[0] = Math.max(clients[0], one.samples() / Math.max(1, one.count())));
        kept.values("connections.total", step, range.from(), range.to(), one -> {
            sum[0] += one.mean() * one.count();
            count[0] += one.count();
        });
        return new Load(clients[0], cyclesPerMinute, count[0] == 0 ? Load.UNKNOWN : Math.round(sum[0] / count[0]));
    }
}
