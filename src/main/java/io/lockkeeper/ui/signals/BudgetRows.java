package io.lockkeeper.ui.signals;

import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.history.MonthSpent;
import io.lockkeeper.domain.signal.Availability;
import io.lockkeeper.domain.signal.Verdict;
import io.lockkeeper.domain.watch.RunSpent;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.ui.control.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The error budget in words: what was spent, what of it was planned, and what is left of the month.
final class BudgetRows {
    /// @param planned what of it belongs to handoffs and graceful closes
    /// @param month what share of the month's budget that is
    /// @param note what it rests on, or why there is nothing
    /// @param level [SignalTiles.Level#BAD] where more was spent unplanned than the target allows for such a time
    record Row(String what, String spent, String planned, String month, String note, SignalTiles.Level level) {}

    /// What the history says of the month, or why it says nothing.
    ///
    /// @param spent `null` where it could not be read
    record Month(@Nullable MonthSpent spent, String why) {
        static final Month NOT_YET = new Month(null, "not read yet");
    }

    private static final String NO_DATA = "NO DATA";

    private BudgetRows() {}

    static List<Row> of(WatchReading watch, Month month, Instant now) {
        var rows = new ArrayList<Row>();
        boolean fresh = !watch.at().plus(Fleet.FRESH).isBefore(now);
        var age = fresh ? "" : Words.age(watch.at(), now) + " OLD, may be wrong";
        var five = watch.fiveMinutes();
        rows.add(five == null
                ? none("Last 5 min", "not measured yet")
                : row("Last 5 min", five.availability(), age.isEmpty() ? available(five.availability()) : age, fresh));
        var run = watch.ofRun();
        if (run != null) {
            rows.add(run(run, age));
        }
        rows.add(month(month, now));
        return rows;
    }

    private static Row run(RunSpent run, String age) {
        var availability = run.availability();
        var since = run.whole() ? "" : ", only since " + Words.time(availability.window().from());
        return row("Run " + run.run(), availability, age.isEmpty() ? available(availability) + since : age, age.isEmpty());
    }

    private static String available(Availability availability) {
        return percent(Math.floor(100_000 * availability.share()) / 1000) + " available";
    }

    private static Row row(String what, Availability availability, String note, boolean fresh) {
        if (availability.known() == Verdict.NO_DATA) {
            return none(what, "no time of a sentinel that counts");
        }
        var spent = availability.spent();
        var planned = availability.out().isZero()
                ? Duration.ZERO
                : Duration.ofMillis(
                        Math.round(
                                (double) spent.toMillis() * availability.planned().toMillis() / availability.out().toMillis()));
        var allowed = (1 - Availability.TARGET) * availability.window().length().toMillis();
        boolean beyond = spent.minus(planned).toMillis() > allowed;
        return new Row(what, time(spent), time(planned), percent(100 * availability.spentShare()), note,
                !fresh ? SignalTiles.Level.UNKNOWN : beyond ? SignalTiles.Level.BAD : SignalTiles.Level.CALM);
    }

    private static Row month(Month month, Instant now) {
        var spent = month.spent();
        if (spent == null) {
            return none("30 days", month.why());
        }
        if (spent.watched().isZero()) {
            return none("30 days", "nobody has watched");
        }
        var left = spent.left();
        double share = 100.0 * spent.spent().toMillis() / Availability.budget().toMillis();
        var words = (left.isNegative() ? "OVERSPENT by " + time(left.negated()) : time(left) + " left") + " of "
                + time(Availability.budget()) + "; watched " + hours(spent.watched()) + " of 720 h"
                + (Duration.between(spent.to(), now).compareTo(Duration.ofMinutes(3)) > 0
                        ? ", last " + Words.age(spent.to(), now) + " ago"
                        : "");
        return new Row("30 days", time(spent.spent()), time(spent.planned()), percent(share), words,
                left.isNegative() ? SignalTiles.Level.BAD : SignalTiles.Level.CALM);
    }

    private static Row none(String what, String why) {
        return new Row(what, NO_DATA, "", "", why, SignalTiles.Level.UNKNOWN);
    }

    private static String hours(Duration time) {
        return time.toHours() < 10
                ? String.format(Locale.ROOT, "%.1f h", time.toMinutes() / 60.0)
                : time.toHours() + " h";
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, value != 0 && value < 0.1 ? "%.3f %%" : "%.1f %%", value);
    }

    private static String time(Duration time) {
        double seconds = time.toMillis() / 1000.0;
        return seconds < 60
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }
}
