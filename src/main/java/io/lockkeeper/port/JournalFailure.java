package io.lockkeeper.port;

/// The journal could not be opened, read or written. The message is for the operator: where, what, what to do.
public class JournalFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private final String why;

    public JournalFailure(String why) {
        super(why);
        this.why = why;
    }

    public JournalFailure(String why, Throwable cause) {
        super(why, cause);
        this.why = why;
    }

    public String why() {
        return why;
    }

    /// Another process owns the environment's runs.
    public static final class Held extends JournalFailure {
        private static final long serialVersionUID = 1L;
        private final long pid;

        public Held(String why, long pid) {
            super(why);
            this.pid = pid;
        }

        /// Process id of the holder as it wrote it down; 0 when it is not readable.
        public long pid() {
            return pid;
        }
    }

    /// No room to write; what was acknowledged before is safe.
    public static final class DiskFull extends JournalFailure {
        private static final long serialVersionUID = 1L;

        public DiskFull(String why, Throwable cause) {
            super(why, cause);
        }
    }
}
