package io.lockkeeper.adapter.sqlite;

import java.io.Serial;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/// Why a file cannot be used, in words for the operator.
final class Trouble extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;
    private static final int FULL = 13;
    private static final int CORRUPT = 11;
    private static final int NO_DATABASE = 26;
    private static final int READ_ONLY = 8;
    private static final int CANNOT_OPEN = 14;
    private static final int BUSY = 5;

    enum Kind {
        FULL, DAMAGED,
        /// Of a release that is not ours to understand, or of another program.
        FOREIGN,
        /// SQLite cannot be used at all, as long as this program runs.
        NO_LIBRARY, OTHER
    }

    private final Kind kind;
    private final String why;

    Trouble(Kind kind, String why) {
        super(why);
        this.kind = kind;
        this.why = why;
    }

    static Trouble of(SQLException e) {
        int code = e instanceof SQLiteException lite ? lite.getResultCode().code & 0xff : e.getErrorCode() & 0xff;
        return switch (code) {
            case FULL -> new Trouble(Kind.FULL, "disk full");
            case CORRUPT, NO_DATABASE -> new Trouble(Kind.DAMAGED, "signals.db is damaged");
            case READ_ONLY, CANNOT_OPEN -> new Trouble(Kind.OTHER, "signals.db cannot be opened for writing");
            case BUSY -> new Trouble(Kind.OTHER, "another program keeps signals.db locked");
            default -> new Trouble(Kind.OTHER, "the disk or SQLite fails: " + e.getMessage());
        };
    }

    Kind kind() {
        return kind;
    }

    String why() {
        return why;
    }
}
