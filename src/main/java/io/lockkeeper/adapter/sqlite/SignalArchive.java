package io.lockkeeper.adapter.sqlite;

import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.SeriesSpan;
import io.lockkeeper.domain.history.Step;
import io.lockkeeper.domain.history.Stretch;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads what was kept, beside whoever writes it. Blocks, and pins a virtual thread: for a platform thread. One thread.
public final class SignalArchive implements AutoCloseable {
    /// The message is for the operator.
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    private final Connection connection;
    private final String faults;

    private SignalArchive(Connection connection) throws SQLException {
        this.connection = connection;
        // of a file that an older Lockkeeper wrote and nobody has written to since
        faults = Database.number(connection, "PRAGMA user_version") < Database.WITH_FAULTS ? "''" : "faults";
    }

    /// Whether anything was ever kept there.
    public static boolean exists(SignalFiles files) {
        return Files.exists(files.database());
    }

    public static SignalArchive open(SignalFiles files) throws Unreadable {
        try {
            return new SignalArchive(Database.read(files));
        } catch (Trouble e) {
            throw unreadable(e);
        } catch (SQLException e) {
            throw unreadable(Trouble.of(e));
        }
    }

    private static Unreadable unreadable(Trouble e) {
        return new Unreadable(e.kind() == Trouble.Kind.DAMAGED
                ? e.why() + "; whoever watches the environment next sets it aside and begins a new one"
                : e.why());
    }

    /// By signal, source and node.
    public List<SeriesSpan> series() throws Unreadable {
        var all = new ArrayList<SeriesSpan>();
        query("SELECT s.signal, s.node, s.source, min(r.at), max(r.at), count(*) FROM series s JOIN raw r ON r.series = s.id"
                + " GROUP BY s.id ORDER BY s.signal, s.source, s.node", _ -> {
                }, row -> all.add(new SeriesSpan(row.getString(1), row.getString(2), row.getString(3),
                        Instant.ofEpochSecond(row.getLong(4)), Instant.ofEpochSecond(row.getLong(5)), row.getLong(6))));
        return all;
    }

    /// In the order of time; of one signal, from `from` up to and with `to`.
    ///
    /// @param signal `null` for all of them
    public void values(@Nullable String signal, Step step, Instant from, Instant to, Consumer<Stretch> each) throws Unreadable {
        long length = step.length().toSeconds();
        var columns = step == Step.RAW ? "value, value, value, 1, samples" : "low, mean, high, count, samples";
        query("SELECT s.signal, s.node, s.source, at, " + columns + " FROM series s JOIN " + step.name().toLowerCase(Locale.ROOT)
                + " t ON t.series = s.id WHERE (?1 IS NULL OR s.signal = ?1) AND t.at >= ?2 AND t.at <= ?3"
                + " ORDER BY at, s.signal, s.source, s.node", query -> {
                    query.setString(1, signal);
                    query.setLong(2, Math.floorDiv(from.getEpochSecond(), length));
                    query.setLong(3, Math.floorDiv(to.getEpochSecond(), length));
                }, row -> each.accept(new Stretch(Instant.ofEpochSecond(row.getLong(4) * length), step.length(), row.getString(1),
                        row.getString(2), row.getString(3), row.getDouble(5), row.getDouble(6), row.getDouble(7), row.getLong(8),
                        row.getLong(9))));
    }

    /// Lost from `from` up to and with `to`, in the order of time.
    public void episodes(Instant from, Instant to, Consumer<KeptEpisode> each) throws Unreadable {
        query("SELECT client, role, scenario, way, code, lost_at, from_node, from_version, failed, ending, ended_at, to_node,"
                + " to_version, session, lost, duplicated, " + faults + " FROM episode WHERE lost_at >= ? AND lost_at <= ?"
                + " ORDER BY lost_at, client", query -> {
                    query.setLong(1, from.toEpochMilli());
                    query.setLong(2, to.toEpochMilli());
                }, row -> each.accept(episode(row)));
    }

    private static KeptEpisode episode(ResultSet row) throws SQLException {
        long ended = row.getLong(11);
        var endedAt = row.wasNull() ? null : Instant.ofEpochMilli(ended);
        return new KeptEpisode(row.getString(1), ClientRole.valueOf(row.getString(2)), Scenario.valueOf(row.getString(3)),
                new Loss(Loss.Way.valueOf(row.getString(4)), row.getInt(5)), Instant.ofEpochMilli(row.getLong(6)),
                row.getString(7), row.getString(8), FailedText.read(row.getString(9)),
                KeptEpisode.End.valueOf(row.getString(10)), endedAt, row.getString(12), row.getString(13),
                new Continuity(SessionKept.valueOf(row.getString(14)), row.getLong(15), row.getLong(16)),
                FaultText.read(row.getString(17)));
    }

    private interface Parameters {
        void set(PreparedStatement query) throws SQLException;
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, Parameters parameters, Row each) throws Unreadable {
        try (var query = connection.prepareStatement(sql)) {
            parameters.set(query);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    each.read(rows);
                }
            }
        } catch (SQLException e) {
            throw unreadable(Trouble.of(e));
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // nothing was written
        }
    }
}
