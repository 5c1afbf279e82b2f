package io.lockkeeper.cli;

import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.signal.ReturnTimes;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What `status` says of clients of ours and of triggers.
final class WatchLines {
    private WatchLines() {}

    /// @param now for the age of what probes met
    static List<String> of(WatchReading watch, Instant now) {
        var lines = new ArrayList<String>();
        lines.add(watch.watcher().words());
        watch.doubted().ifPresent(words -> lines.add("  " + words));
        if (watch.observer() != null) {
            lines.add("  " + watch.observer().means());
            watch.observer().uncounted().forEach(words -> lines.add("  " + words));
        }
        if (watch.clients() != null) {
            lines.add("  " + clients(watch.clients()));
        }
        if (watch.minute() != null) {
            lines.add("  reconnections, last minute: " + success(watch.minute()));
        }
        if (watch.fiveMinutes() != null) {
            var measured = watch.fiveMinutes();
            lines.add("  reconnections, five minutes: " + success(measured));
            measured.times().stream().filter(times -> times.samples() > 0).forEach(times -> lines.add("  " + returns(times)));
            lines.add("  sessions kept, five minutes: "
                    + (measured.kept().sessions().tried() == 0 ? "no data" : measured.kept().sessions().words()) + "; messages: "
                    + measured.kept().lost() + " lost, " + measured.kept().duplicated() + " twice");
        }
        ClientLines.probes(watch.probes(), now).forEach(words -> lines.add("  " + words));
        boolean nobody = watch.watcher() instanceof Watcher.Nobody; // then all that may be said of most is that
        watch.triggers().stream().filter(one -> !nobody || one.fired() || one.phase() instanceof Phase.Holding)
                .forEach(one -> lines.add("  trigger " + one.name() + ": " + one.phase().word()
                        + (one.phase() instanceof Phase.Fired(var at, _)
                                ? " at " + at.truncatedTo(ChronoUnit.SECONDS) + ", not acknowledged"
                                : "")
                        + ", " + one.phase().words()));
        return lines;
    }

    private static String clients(FleetReading all) {
        return all.connected() + " of " + all.clients() + " clients connected, out " + all.out() + "; since the start: lost "
                + all.lost() + ", back " + all.back() + ", failed attempts " + all.failed();
    }

    private static String success(Measured measured) {
        return measured.byClient().noData() && measured.byAttempt().noData()
                ? "no data"
                : "by client " + (measured.byClient().noData() ? "no data" : measured.byClient().ratio().words())
                        + ", by attempt "
                        + (measured.byAttempt().noData() ? "no data" : measured.byAttempt().ratio().words());
    }

    private static String returns(ReturnTimes times) {
        return times.scenario().name().toLowerCase(Locale.ROOT) + " returns, five minutes: mean "
                + seconds(times.mean().toMillis())
                + ", longest " + seconds(times.max().toMillis()) + ", " + times.within().good() + " of " + times.samples()
                + " below "
                + ReturnTimes.limit(times.scenario()).toSeconds() + " s";
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
