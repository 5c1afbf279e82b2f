package io.lockkeeper.adapter.sqlite;

import io.lockkeeper.domain.history.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// Lets go of what is too old or too much. Each pass takes little of each kind: it is over soon, and a clock that was set to another year for
/// some minutes costs some hours of the oldest and not all of it.
final class Pruning {
    /// Episodes that count are kept as long as the roughest values.
    private static final Duration EPISODES = Step.HOUR.kept();
    private static final Duration ROUTINE = Step.RAW.kept();
    static final Duration NEVER_LESS = Duration.ofHours(1);
    private static final int BITE = 600;
    private static final int EPISODE_BITE = 5_000;
    private static final int BITES = 50;
    private static final int PAGES = 5_000;

    private final Connection connection;
    private final SignalTables tables;
    private final long bytes;

    Pruning(Connection connection, SignalTables tables, long bytes) {
        this.connection = connection;
        this.tables = tables;
        this.bytes = bytes;
    }

    void pass(Instant now) throws SQLException {
        forget("raw", now.minus(Step.RAW.kept()).getEpochSecond());
        forget("minute", now.minus(Step.MINUTE.kept()).getEpochSecond() / 60);
        forget("hour", now.minus(Step.HOUR.kept()).getEpochSecond() / 3600);
        episodes(true, now.minus(ROUTINE));
        episodes(false, now.minus(EPISODES));
        for (int i = 0; i < BITES && used() > bytes && bite(now); i++) {
            // the oldest goes first
        }
    }

    /// Gives pages that are no longer needed back to the disk. Not within a transaction.
    void shrink() throws SQLException {
        Database.execute(connection, "PRAGMA incremental_vacuum(" + PAGES + ")");
    }

    long used() throws SQLException {
        return (Database.number(connection, "PRAGMA page_count") - Database.number(connection, "PRAGMA freelist_count"))
                * Database.number(connection, "PRAGMA page_size");
    }

    /// Up to `BITE` steps of each series.
    private void forget(String table, long before) throws SQLException {
        try (var delete = connection.prepareStatement("DELETE FROM " + table + " WHERE series = ?1 AND at <"
                + " min(?2, (SELECT min(at) FROM " + table + " WHERE series = ?1) + ?3)")) {
            for (var id : tables.ids()) {
                delete.setLong(1, id);
                delete.setLong(2, before);
                delete.setLong(3, BITE);
                delete.executeUpdate();
            }
        }
    }

    private int episodes(boolean routine, Instant before) throws SQLException {
        try (var delete = connection.prepareStatement("DELETE FROM episode WHERE id IN (SELECT id FROM episode"
                + " WHERE routine = ? AND lost_at < ? ORDER BY lost_at LIMIT ?)")) {
            delete.setInt(1, routine ? 1 : 0);
            delete.setLong(2, before.toEpochMilli());
            delete.setInt(3, EPISODE_BITE);
            return delete.executeUpdate();
        }
    }

    /// @return false when nothing is left that may go
    private boolean bite(Instant now) throws SQLException {
        var recent = now.minus(NEVER_LESS);
        return oldest("raw", recent.getEpochSecond()) || episodes(true, recent) > 0
                || oldest("minute", recent.getEpochSecond() / 60)
                || oldest("hour", recent.getEpochSecond() / 3600) || episodes(false, recent) > 0;
    }

    /// The oldest steps of all series together.
    private boolean oldest(String table, long before) throws SQLException {
        long first = Long.MAX_VALUE;
        try (var query = connection.prepareStatement("SELECT min(at) FROM " + table + " WHERE series = ?")) {
            for (var id : tables.ids()) {
                query.setLong(1, id);
                try (var rows = query.executeQuery()) {
                    long at = rows.next() ? rows.getLong(1) : Long.MAX_VALUE;
                    first = rows.wasNull() ? first : Math.min(first, at);
                }
            }
        }
        if (first >= before) {
            return false;
        }
        forget(table, Math.min(before, first + BITE));
        return true;
    }
}
