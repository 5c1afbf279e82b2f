package io.lockkeeper.ui.signals;

import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.history.EpisodeFilter;
import io.lockkeeper.domain.signal.Kept;
import io.lockkeeper.domain.signal.ReturnTimes;
import io.lockkeeper.domain.signal.Success;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.ui.control.Words;
import io.lockkeeper.ui.signals.SignalTiles.Level;
import io.lockkeeper.ui.signals.SignalTiles.Tile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tiles of what clients of ours measure, over five minutes. Without samples a tile says NO DATA and is never calm.
final class ClientTiles {
    private static final String NO_DATA = "NO DATA";
    private static final int GOAL = 95;
    private static final int ALERT = 90;
    private static final int CRITICAL = 80;

    private final String age;
    private final boolean fresh;

    private ClientTiles(WatchReading watch, Instant now) {
        fresh = !watch.at().plus(Fleet.FRESH).isBefore(now);
        age = fresh ? "" : Words.age(watch.at(), now) + " OLD, may be wrong";
    }

    static List<Tile> of(WatchReading watch, Instant now) {
        var tiles = new ClientTiles(watch, now);
        var all = new ArrayList<Tile>();
        var clients = watch.clients();
        var measured = watch.fiveMinutes();
        all.add(measured == null ? tiles.unread("success", "Reconnected, 5 min") : tiles.success(measured));
        all.add(clients == null ? tiles.unread("out", "Clients out now") : tiles.out(clients));
        if (measured == null) {
            all.add(tiles.unread("graceful", "Graceful returns"));
            all.add(tiles.unread("emergency", "Emergency returns"));
            all.add(tiles.unread("handoff", "Handoff returns"));
            all.add(tiles.unread("continuity", "Sessions kept"));
        } else {
            measured.times().forEach(times -> all.add(tiles.returns(times)));
            all.add(tiles.continuity(measured.kept()));
        }
        return all;
    }

    /// Which episodes stand behind a tile; `null` for none.
    static @Nullable EpisodeFilter behind(String tile) {
        var five = EpisodeFilter.last(Duration.ofMinutes(5));
        return switch (tile) {
            case "success" -> five;
            case "out" -> five.of(EpisodeFilter.Kind.OUT);
            case "graceful" -> five.of(Scenario.GRACEFUL);
            case "emergency" -> five.of(Scenario.EMERGENCY);
            case "handoff" -> five.of(Scenario.HANDOFF);
            case "continuity" -> five.of(EpisodeFilter.Kind.HARMED);
            default -> null;
        };
    }

    private Tile unread(String id, String title) {
        return new Tile(id, title, "?", "", "not measured yet", "", Level.UNKNOWN);
    }

    private Tile tile(String id, String title, String value, String age, String note, boolean bad) {
        return new Tile(id, title, value, "", fresh ? age : this.age, note,
                !fresh ? Level.UNKNOWN : bad ? Level.BAD : Level.CALM);
    }

    private Tile noData(String id, String title, String why) {
        return new Tile(id, title, NO_DATA, "", fresh ? why : age, "", Level.UNKNOWN);
    }

    private Tile success(Measured measured) {
        var title = "Reconnected, 5 min";
        var success = measured.byClient();
        if (success.noData()) {
            return noData("success", title, "nobody had to come back");
        }
        var ratio = success.ratio();
        var mark = ratio.isBelow(CRITICAL)
                ? "BELOW " + CRITICAL + " %"
                : ratio.isBelow(ALERT)
                        ? "BELOW " + ALERT + " %"
                        : ratio.isBelow(GOAL) ? "BELOW " + GOAL + " %" : "above 95, 90, 80 %";
        return tile("success", title, 100 * ratio.good() / ratio.tried() + " %", String.format(Locale.ROOT,
                "%d of %d: %.0f to %.0f %%, %s", ratio.good(), ratio.tried(), Math.floor(100 * ratio.lower()),
                Math.ceil(100 * ratio.upper()), attempts(measured.byAttempt())), mark, ratio.isBelow(GOAL));
    }

    private static String attempts(Success attempts) {
        return "attempts " + (attempts.noData()
                ? "no data"
                : 100 * attempts.ratio().good() / attempts.ratio().tried() + " % of " + attempts.ratio().tried());
    }

    private Tile out(FleetReading clients) {
        var note = "of " + clients.clients();
        int never = clients.clients() - clients.connected() - clients.out();
        var said = clients.out() == 0 ? "nobody is out" : "for up to " + seconds(clients.longestOut().toMillis());
        return tile("out", "Clients out now", String.valueOf(clients.out()),
                never > 0 ? never + " never connected yet; " + said : said, note, clients.out() > 0 || never > 0);
    }

    private Tile returns(ReturnTimes times) {
        var name = times.scenario().name().toLowerCase(Locale.ROOT);
        var title = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + " returns";
        var limit = ReturnTimes.limit(times.scenario()).toSeconds();
        if (times.samples() == 0) {
            return noData(name, title, "nobody came back; limit " + limit + " s");
        }
        boolean each = times.scenario() == Scenario.HANDOFF;
        boolean bad = each
                ? times.within().good() < times.samples()
                : times.mean().compareTo(ReturnTimes.limit(times.scenario())) >= 0;
        return tile(name, title, seconds(times.mean().toMillis()),
                times.within().good() + " of " + times.samples() + " below " + limit
                        + " s, longest " + seconds(times.max().toMillis()),
                (bad ? "ABOVE " : "below ") + limit + (each ? " s, each" : " s on average"), bad);
    }

    private Tile continuity(Kept kept) {
        var messages = kept.lost() + " messages lost, " + kept.duplicated() + " twice";
        boolean lost = kept.lost() + kept.duplicated() > 0;
        if (kept.sessions().tried() == 0) {
            return lost
                    ? tile("continuity", "Sessions kept", NO_DATA, messages, "", true)
                    : noData("continuity", "Sessions kept", "nobody came back; " + messages);
        }
        var ratio = kept.sessions();
        return tile("continuity", "Sessions kept", 100 * ratio.good() / ratio.tried() + " %",
                ratio.good() + " of " + ratio.tried() + "; " + messages, "", lost || ratio.good() < ratio.tried());
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
