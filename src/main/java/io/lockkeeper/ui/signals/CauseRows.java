package io.lockkeeper.ui.signals;

import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.signal.Failures;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.ui.control.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// `connect.failures` in words: why attempts to connect gave no session, most frequent first.
///
/// @param summary what there was to count; never a zero of nothing
/// @param level [SignalTiles.Level#BAD] where attempts failed in the last minute
record CauseRows(List<Row> rows, String summary, SignalTiles.Level level) {
    /// @param minute how many in the last minute, `no data` where nobody tried
    /// @param five how many in the last five minutes
    /// @param newest when the newest was over, as an age
    /// @param share of the most frequent one, from 0 to 1
    record Row(Failure failure, String words, String minute, long five, String newest, double share) {}

    static CauseRows of(WatchReading watch, Instant now) {
        var minute = watch.minute();
        var five = watch.fiveMinutes();
        if (minute == null || five == null) {
            return new CauseRows(List.of(), "not measured yet", SignalTiles.Level.UNKNOWN);
        }
        boolean fresh = !watch.at().plus(Fleet.FRESH).isBefore(now);
        var old = fresh ? "" : Words.age(watch.at(), now) + " OLD, may be wrong: ";
        var tried = five.failures().attempts();
        var rows = rows(minute.failures(), five.failures(), now);
        if (tried.tried() == 0) {
            return new CauseRows(rows, old + "NO DATA: no attempt to connect that counts in the last 5 min",
                    SignalTiles.Level.UNKNOWN);
        }
        var summary = rows.isEmpty()
                ? "none failed of " + attempts(tried.tried()) + " in 5 min"
                : failed(five.failures()) + " in 5 min; " + lately(minute.failures());
        var recent = minute.failures().attempts();
        return new CauseRows(rows, old + summary, !fresh
                ? SignalTiles.Level.UNKNOWN
                : recent.good() < recent.tried() ? SignalTiles.Level.BAD : SignalTiles.Level.CALM);
    }

    private static String failed(Failures failures) {
        var tried = failures.attempts();
        return tried.tried() - tried.good() + " of " + attempts(tried.tried()) + " failed";
    }

    private static String attempts(long tried) {
        return tried + (tried == 1 ? " attempt" : " attempts");
    }

    private static String lately(Failures minute) {
        var tried = minute.attempts();
        return tried.tried() == 0
                ? "nobody tried in the last minute"
                : tried.tried() - tried.good() + " of " + tried.tried() + " in the last minute";
    }

    private static List<Row> rows(Failures minute, Failures five, Instant now) {
        long most = five.causes().values().stream().mapToLong(Long::longValue).max().orElse(1);
        boolean tried = minute.attempts().tried() > 0;
        var rows = new ArrayList<Row>();
        five.causes().entrySet().stream()
                .sorted(Map.Entry.<Failure, Long>comparingByValue().reversed().thenComparing(Map.Entry::getKey,
                        Comparator.comparing(Failure::words)))
                .forEach(cause -> {
                    var newest = five.newestOf().get(cause.getKey());
                    rows.add(new Row(cause.getKey(), cause.getKey().words(),
                            tried ? String.valueOf(minute.causes().getOrDefault(cause.getKey(), 0L)) : "no data",
                            cause.getValue(), newest == null ? "?" : Words.age(newest, now) + " ago",
                            (double) cause.getValue() / most));
                });
        return rows;
    }
}
