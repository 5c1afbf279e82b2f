package io.lockkeeper.port;

import java.time.Duration;

/// Calls back once after a delay. Callbacks may come from any thread and must only hand over to a mailbox.
public interface Timer {
    Cancel after(Duration delay, Runnable then);

    /// Idempotent; a callback already under way is not stopped.
    interface Cancel {
        void cancel();
    }
}
