package io.lockkeeper.ui.signals;

import io.lockkeeper.app.signals.Points;
import io.lockkeeper.app.signals.Quantity;
import io.lockkeeper.app.signals.SeriesKey;
import io.lockkeeper.app.signals.SignalHistory;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.ui.control.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The tiles of the signals screen in words, made of what was read.
final class SignalTiles {
    private static final Duration TREND = Duration.ofMinutes(1);

    enum Level {
        /// Nothing to say against it.
        CALM,
        /// Beyond its threshold, or its sources disagree.
        BAD,
        /// Too old to be taken for what is, or never read.
        UNKNOWN
    }

    /// @param value of the newest reading; where that is old it says that it was
    /// @param trend against a minute ago
    /// @param age of the value, with a warning where it is old
    /// @param note threshold, or what a second source says
    record Tile(String id, String title, String value, String trend, String age, String note, Level level) {}

    private final Environment environment;
    private final SignalHistory history;
    private final Instant now;

    private SignalTiles(Environment environment, SignalHistory history, Instant now) {
        this.environment = environment;
        this.history = history;
        this.now = now;
    }

    static List<Tile> of(Environment environment, SignalHistory history, Instant now) {
        var tiles = new SignalTiles(environment, history, now);
        var all = new ArrayList<Tile>();
        all.add(tiles.serving());
        all.add(tiles.ready());
        all.add(tiles.connections());
        if (environment.can(Capability.SESSIONS)) {
            all.add(tiles.sessions());
        }
        return all;
    }

    /// What is not measured, a sentence each.
    static List<String> missing(Environment environment, SignalHistory history, @Nullable WatchReading watch) {
        var missing = new ArrayList<String>();
        if (watch == null) {
            missing.add(
                    "No sentinels: reconnections are not measured. A section \"clients\" in the environment's file changes that.");
        } else if (!watch.watcher().watching()) {
            missing.add("Reconnections are not measured: " + watch.watcher().words() + ".");
        }
        if (!environment.can(Capability.SESSIONS)) {
            missing.add("No event feed: sessions are not known by name.");
        }
        if (history.nodes().size() < environment.nodes().size()) {
            missing.add(
                    "The past is kept of the first " + history.nodes().size() + " of " + environment.nodes().size() + " nodes.");
        }
        return missing;
    }

    private Points points(Quantity quantity) {
        return history.points(SeriesKey.of(quantity));
    }

    private static double newest(Points points) {
        return points.value(points.size() - 1);
    }

    private boolean isFresh(Points points) {
        return points.isFresh(now, Fleet.FRESH);
    }

    private Tile tile(String id, String title, Points points, String value, String note, boolean bad) {
        if (points.isEmpty()) {
            return new Tile(id, title, "?", "", "never read", note, Level.UNKNOWN);
        }
        var age = Words.age(points.newestAt().orElseThrow(), now);
        return isFresh(points)
                ? new Tile(id, title, value, trend(points), "read " + age + " ago", note, bad ? Level.BAD : Level.CALM)
                : new Tile(id, title, "was " + value, "", age + " OLD, may be wrong", note, Level.UNKNOWN);
    }

    private Tile serving() {
        var points = points(Quantity.SERVING);
        var value = points.isEmpty() ? "?" : number(newest(points)) + " of " + environment.nodes().size();
        boolean below = !points.isEmpty() && newest(points) < environment.floor();
        return tile("serving", "Nodes known to serve", points, value,
                below ? "BELOW THE FLOOR of " + environment.floor() : "floor: at least " + environment.floor(), below);
    }

    private Tile connections() {
        var points = points(Quantity.CONNECTIONS_TOTAL);
        if (!isFresh(points)) {
            return tile("connections", "Open connections", points, valueOf(points), "by balancers", false);
        }
        long own = 0;
        var late = Spread.NOTHING;
        for (var node : history.nodes()) {
            var said = history.points(SeriesKey.of(Quantity.CONNECTIONS_OWN, node));
            if (!isFresh(said)) {
                return tile("connections", "Open connections", points, valueOf(points), "not every node says its own count",
                        false);
            }
            own += Math.round(newest(said));
            late = late.plus(Spread.of(said));
        }
        boolean differ = Spread.of(points).isApartFrom(late);
        return tile("connections", "Open connections", points, valueOf(points),
                "by balancers; nodes say " + number((double) own) + (differ ? ", DIFFERENT" : ""), false);
    }

    private Tile sessions() {
        var points = points(Quantity.SESSIONS);
        return tile("sessions", "Sessions open", points, valueOf(points), "by the event feed", false);
    }

    /// Silence counts for nobody: only what says that it is ready is counted as ready.
    private Tile ready() {
        int ready = 0;
        var silent = new ArrayList<String>();
        var not = new ArrayList<String>();
        var oldest = Points.NONE;
        for (var node : history.nodes()) {
            var said = history.points(SeriesKey.of(Quantity.READY, node));
            if (!isFresh(said)) {
                silent.add(node);
            } else if (newest(said) > 0) {
                ready++;
            } else {
                not.add(node);
            }
            if (!said.isEmpty() && isFresh(said) && (oldest.isEmpty() || isOlder(said, oldest))) {
                oldest = said;
            }
        }
        var title = "Nodes ready by their own word";
        if (oldest.isEmpty()) {
            return new Tile("ready", title, "?", "", "no node says anything", "", Level.UNKNOWN);
        }
        var note = not.isEmpty() && silent.isEmpty() ? "all say so" : said("NOT READY", not, said("silent", silent, ""));
        return new Tile("ready", title, ready + " of " + history.nodes().size(), "",
                "read " + Words.age(oldest.newestAt().orElseThrow(), now) + " ago", note,
                not.isEmpty() && silent.isEmpty() ? Level.CALM : Level.BAD);
    }

    private static boolean isOlder(Points one, Points other) {
        return one.at(one.size() - 1) < other.at(other.size() - 1);
    }

    private static String said(String what, List<String> nodes, String more) {
        if (nodes.isEmpty()) {
            return more;
        }
        var named = nodes.size() <= 2 ? String.join(", ", nodes) : nodes.size() + " nodes";
        return what + ": " + named + (more.isEmpty() ? "" : "; " + more);
    }

    private static String valueOf(Points points) {
        return points.isEmpty() ? "?" : number(newest(points));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    private String trend(Points points) {
        long then = now.minus(TREND).toEpochMilli();
        int from = points.firstFrom(then);
        boolean reachesBack = from > 0 || points.at(0) - then <= Fleet.FRESH.toMillis();
        if (!reachesBack) {
            return "watched for " + Words.age(history.since(), now);
        }
        for (int i = from + 1; i < points.size(); i++) {
            if (!points.isJoined(i)) {
                return "not read all the last minute";
            }
        }
        long change = Math.round(newest(points) - points.value(from));
        return change == 0
                ? "\u2192 as a minute ago"
                : (change > 0 ? "\u2197 +" : "\u2198 \u2212") + number((double) Math.abs(change)) + " in a minute";
    }
}
