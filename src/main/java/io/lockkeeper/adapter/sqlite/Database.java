package io.lockkeeper.adapter.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.JDBC;

/// Opens a file of ours, and no other.
final class Database {
    static final int SCHEMA = 2;
    /// The first in which episodes have their faults.
    static final int WITH_FAULTS = 2;
    private static final int SMALLEST = 512;

    private static final String[] TABLES = {
            "CREATE TABLE series (id INTEGER PRIMARY KEY, signal TEXT NOT NULL, node TEXT NOT NULL, source TEXT NOT NULL,"
                    + " UNIQUE (signal, node, source))",
            "CREATE TABLE raw (series INTEGER, at INTEGER, value REAL, samples INTEGER, PRIMARY KEY (series, at)) WITHOUT ROWID",
            "CREATE TABLE minute (series INTEGER, at INTEGER, low REAL, mean REAL, high REAL, count INTEGER, samples INTEGER,"
                    + " PRIMARY KEY (series, at)) WITHOUT ROWID",
            "CREATE TABLE hour (series INTEGER, at INTEGER, low REAL, mean REAL, high REAL, count INTEGER, samples INTEGER,"
                    + " PRIMARY KEY (series, at)) WITHOUT ROWID",
            "CREATE TABLE episode (id INTEGER PRIMARY KEY, client TEXT NOT NULL, role TEXT NOT NULL, scenario TEXT NOT NULL,"
                    + " way TEXT NOT NULL, code INTEGER NOT NULL, lost_at INTEGER NOT NULL, from_node TEXT NOT NULL,"
                    + " from_version TEXT NOT NULL, failed TEXT NOT NULL, ending TEXT NOT NULL, ended_at INTEGER,"
                    + " to_node TEXT NOT NULL, to_version TEXT NOT NULL, session TEXT NOT NULL, lost INTEGER NOT NULL,"
                    + " duplicated INTEGER NOT NULL, routine INTEGER NOT NULL, faults TEXT NOT NULL DEFAULT '',"
                    + " UNIQUE (client, lost_at))",
            "CREATE INDEX episode_by_age ON episode (routine, lost_at)"};

    private Database() {}

    /// Opens the file for its one writer and makes it where it is not there.
    ///
    /// @throws Trouble when it is damaged, foreign, or cannot be opened; nothing is open then
    static Connection write(SignalFiles files) throws Trouble {
        try {
            NativeLibrary.load(files.natives());
            boolean unclean = files.endedInTheMiddle();
            files.create();
            long size = Files.size(files.database());
            if (size > 0 && size < SMALLEST) {
                throw new Trouble(Trouble.Kind.DAMAGED, "signals.db is damaged"); // SQLite would take it for a new one
            }
            var connection = connect(files.database(), false);
            try {
                prepare(connection, files.database(), unclean);
                return connection;
            } catch (SQLException | Trouble e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Trouble.of(e);
        } catch (IOException e) {
            throw new Trouble(Trouble.Kind.OTHER, "signals.db cannot be made: " + e.getMessage());
        }
    }

    private static Connection connect(Path file, boolean readOnly) throws SQLException {
        var properties = new Properties();
        properties.setProperty("busy_timeout", "10000");
        if (readOnly) {
            properties.setProperty("open_mode", "1");
        }
        return JDBC.createConnection("jdbc:sqlite:" + file, properties);
    }

    private static void prepare(Connection connection, Path file, boolean unclean) throws SQLException, Trouble, IOException {
        long version = number(connection, "PRAGMA user_version");
        check(connection, version);
        if (version == 0) {
            execute(connection, "PRAGMA auto_vacuum = INCREMENTAL"); // only before the first table
        }
        execute(connection, "PRAGMA journal_mode = WAL");
        execute(connection, "PRAGMA synchronous = NORMAL");
        execute(connection, "PRAGMA journal_size_limit = 8388608");
        execute(connection, "PRAGMA temp_store = MEMORY");
        connection.setAutoCommit(false);
        if (version == 0) {
            for (var table : TABLES) {
                execute(connection, table);
            }
            execute(connection, "PRAGMA user_version = " + SCHEMA);
            connection.commit();
        } else {
            checkWhole(connection, file, unclean);
            migrate(connection, version);
        }
    }

    /// All or nothing: a kill in between leaves the file as it was.
    private static void migrate(Connection connection, long version) throws SQLException {
        if (version < WITH_FAULTS) {
            execute(connection, "ALTER TABLE episode ADD COLUMN faults TEXT NOT NULL DEFAULT ''");
        }
        if (version < SCHEMA) {
            execute(connection, "PRAGMA user_version = " + SCHEMA);
            connection.commit();
        }
    }

    private static void check(Connection connection, long version) throws SQLException, Trouble {
        if (version > SCHEMA) {
            throw new Trouble(Trouble.Kind.FOREIGN, "signals.db was written by a newer Lockkeeper (its form is " + version
                    + ", this one knows " + SCHEMA + "); use that one, or move the file away");
        }
        if (version == 0 && number(connection, "SELECT count(*) FROM sqlite_master") > 0) {
            throw new Trouble(Trouble.Kind.FOREIGN, "signals.db is a file of another program; move it away");
        }
    }

    /// SQLite notices a missing end only when it comes there. All of a file is gone through only after an unclean end: it may be large.
    private static void checkWhole(Connection connection, Path file, boolean unclean) throws SQLException, Trouble, IOException {
        boolean cut = !unclean
                && Files.size(file) < number(connection, "PRAGMA page_count") * number(connection, "PRAGMA page_size");
        if (cut || (unclean && !"ok".equals(text(connection, "PRAGMA quick_check(1)")))) {
            throw new Trouble(Trouble.Kind.DAMAGED, "signals.db is damaged");
        }
    }

    /// Opens the file for reading beside its writer.
    static Connection read(SignalFiles files) throws Trouble {
        try {
            NativeLibrary.load(files.natives());
            var connection = connect(files.database(), true);
            try {
                check(connection, number(connection, "PRAGMA user_version"));
                return connection;
            } catch (SQLException | Trouble e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Trouble.of(e);
        } catch (IOException e) {
            throw new Trouble(Trouble.Kind.OTHER, "SQLite's library cannot be unpacked: " + e.getMessage());
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (var rows = statement.getResultSet()) {
                    while (rows.next()) {
                        // a vacuum frees a page with each step
                    }
                }
            }
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
