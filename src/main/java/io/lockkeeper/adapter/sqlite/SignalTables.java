package io.lockkeeper.adapter.sqlite;

import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.Sample;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Puts values and episodes into the tables, and draws them together by minutes and hours. For the one thread that writes.
final class SignalTables implements AutoCloseable {
    private record Series(String signal, String node, String source) {}

    private static final String DRAW_MINUTE = "INSERT OR REPLACE INTO minute SELECT series, at / 60, min(value), avg(value),"
            + " max(value), count(*), sum(samples) FROM raw WHERE series = ? AND at >= ? AND at < ? GROUP BY series";
    private static final String DRAW_HOUR = "INSERT OR REPLACE INTO hour SELECT series, at / 60, min(low),"
            + " sum(mean * count) / sum(count), max(high), sum(count), sum(samples) FROM minute"
            + " WHERE series = ? AND at >= ? AND at < ? GROUP BY series";

    private final Connection connection;
    private final int most;
    private final Map<Series, Long> series = new HashMap<>();
    private final TreeSet<Long> minutes = new TreeSet<>();
    private final TreeSet<Long> hours = new TreeSet<>();
    private final PreparedStatement value;
    private final PreparedStatement episode;
    private final PreparedStatement minute;
    private final PreparedStatement hour;

    /// @param most series that are told apart
    SignalTables(Connection connection, int most) throws SQLException {
        this.connection = connection;
        this.most = most;
        value = connection.prepareStatement("INSERT OR REPLACE INTO raw VALUES (?, ?, ?, ?)");
        episode = connection.prepareStatement("INSERT INTO episode (client, role, scenario, way, code, lost_at, from_node,"
                + " from_version, failed, ending, ended_at, to_node, to_version, session, lost, duplicated, routine, faults)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (client, lost_at) DO UPDATE SET"
                + " scenario = excluded.scenario, failed = excluded.failed, ending = excluded.ending,"
                + " ended_at = excluded.ended_at, to_node = excluded.to_node, to_version = excluded.to_version,"
                + " session = excluded.session, lost = excluded.lost, duplicated = excluded.duplicated,"
                + " routine = excluded.routine, faults = excluded.faults");
        minute = connection.prepareStatement(DRAW_MINUTE);
        hour = connection.prepareStatement(DRAW_HOUR);
        readSeries();
        readUndrawn();
    }

    /// After what was not committed is gone, too.
    void readSeries() throws SQLException {
        series.clear();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id, signal, node, source FROM series")) {
            while (rows.next()) {
                series.put(new Series(rows.getString(2), rows.getString(3), rows.getString(4)), rows.getLong(1));
            }
        }
    }

    /// What whoever wrote before did not come to.
    private void readUndrawn() throws SQLException {
        try (var raw = connection.prepareStatement("SELECT DISTINCT at / 60 FROM raw WHERE series = ?1 AND at >="
                + " 60 * (SELECT coalesce(max(at), 0) FROM minute WHERE series = ?1)");
                var drawn = connection.prepareStatement("SELECT DISTINCT at / 60 FROM minute WHERE series = ?1 AND at >="
                        + " 60 * (SELECT coalesce(max(at), 0) FROM hour WHERE series = ?1)")) {
            for (var id : series.values()) {
                read(raw, id, minutes);
                read(drawn, id, hours);
            }
        }
    }

    private static void read(PreparedStatement query, long id, Set<Long> into) throws SQLException {
        query.setLong(1, id);
        try (var rows = query.executeQuery()) {
            while (rows.next()) {
                into.add(rows.getLong(1));
            }
        }
    }

    /// @return how many found no room among the series
    long add(List<Sample> samples) throws SQLException {
        long refused = 0;
        for (var sample : samples) {
            var id = id(new Series(sample.signal(), sample.node(), sample.source()));
            if (id == 0 || !Double.isFinite(sample.value())) {
                refused++;
                continue;
            }
            long at = sample.at().getEpochSecond();
            value.setLong(1, id);
            value.setLong(2, at);
            value.setDouble(3, sample.value());
            value.setLong(4, sample.samples());
            value.executeUpdate();
            minutes.add(Math.floorDiv(at, 60));
        }
        return refused;
    }

    private long id(Series one) throws SQLException {
        var known = series.get(one);
        if (known != null) {
            return known;
        }
        if (series.size() >= most) {
            return 0;
        }
        try (var insert = connection.prepareStatement("INSERT INTO series (signal, node, source) VALUES (?, ?, ?)")) {
            insert.setString(1, one.signal());
            insert.setString(2, one.node());
            insert.setString(3, one.source());
            insert.executeUpdate();
        }
        long id = Database.number(connection, "SELECT last_insert_rowid()");
        series.put(one, id);
        return id;
    }

    void add(KeptEpisode one) throws SQLException {
        episode.setString(1, one.client());
        episode.setString(2, one.role().name());
        episode.setString(3, one.scenario().name());
        episode.setString(4, one.loss().way().name());
        episode.setInt(5, one.loss().code());
        episode.setLong(6, one.lostAt().toEpochMilli());
        episode.setString(7, one.fromNode());
        episode.setString(8, one.fromVersion());
        episode.setString(9, FailedText.of(one.failed()));
        episode.setString(10, one.end().name());
        if (one.endedAt() == null) {
            episode.setNull(11, Types.INTEGER);
        } else {
            episode.setLong(11, one.endedAt().toEpochMilli());
        }
        episode.setString(12, one.toNode());
        episode.setString(13, one.toVersion());
        episode.setString(14, one.continuity().session().name());
        episode.setLong(15, one.continuity().lost());
        episode.setLong(16, one.continuity().duplicated());
        episode.setInt(17, one.routine() ? 1 : 0);
        episode.setString(18, FaultText.of(one.faults()));
        episode.executeUpdate();
    }

    /// Lets go of values of some signals from one second up to and with another, and of what was drawn together of them: that is drawn anew.
    void retract(Set<String> signals, long from, long to) throws SQLException {
        try (var find = connection
                .prepareStatement("SELECT DISTINCT at / 60 FROM raw WHERE series = ?1 AND at >= ?2 AND at <= ?3");
                var delete = connection.prepareStatement("DELETE FROM raw WHERE series = ?1 AND at >= ?2 AND at <= ?3");
                var undrawMinute = connection.prepareStatement("DELETE FROM minute WHERE series = ?1 AND at = ?2");
                var undrawHour = connection.prepareStatement("DELETE FROM hour WHERE series = ?1 AND at = ?2")) {
            for (var one : series.entrySet().stream().filter(one -> signals.contains(one.getKey().signal())).toList()) {
                var touched = new TreeSet<Long>();
                find.setLong(2, from);
                find.setLong(3, to);
                read(find, one.getValue(), touched);
                delete.setLong(1, one.getValue());
                delete.setLong(2, from);
                delete.setLong(3, to);
                delete.executeUpdate();
                for (long at : touched) {
                    undraw(undrawMinute, one.getValue(), at, minutes);
                    undraw(undrawHour, one.getValue(), Math.floorDiv(at, 60), hours);
                }
            }
        }
    }

    private static void undraw(PreparedStatement undraw, long id, long step, Set<Long> again) throws SQLException {
        undraw.setLong(1, id);
        undraw.setLong(2, step);
        undraw.executeUpdate();
        again.add(step);
    }

    /// Draws together every minute and hour that has new values and is not the present one.
    void draw(long now) throws SQLException {
        long present = Math.floorDiv(now, 60);
        for (var one : minutes.stream().filter(at -> at != present).toList()) {
            draw(minute, one);
            hours.add(Math.floorDiv(one, 60));
            minutes.remove(one);
        }
        for (var one : hours.stream().filter(at -> at != Math.floorDiv(present, 60)).toList()) {
            draw(hour, one);
            hours.remove(one);
        }
    }

    private void draw(PreparedStatement drawing, long step) throws SQLException {
        for (var id : series.values()) {
            drawing.setLong(1, id);
            drawing.setLong(2, step * 60);
            drawing.setLong(3, step * 60 + 60);
            drawing.executeUpdate();
        }
    }

    /// Forgets series of which nothing is left.
    void tidy() throws SQLException {
        Database.execute(connection, "DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM raw WHERE raw.series = id)"
                + " AND NOT EXISTS (SELECT 1 FROM minute WHERE minute.series = id)"
                + " AND NOT EXISTS (SELECT 1 FROM hour WHERE hour.series = id)");
        readSeries();
    }

    Iterable<Long> ids() {
        return List.copyOf(series.values());
    }

    @Override
    public void close() throws SQLException {
        value.close();
        episode.close();
        minute.close();
        hour.close();
    }
}
