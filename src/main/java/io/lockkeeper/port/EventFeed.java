package io.lockkeeper.port;

import io.lockkeeper.domain.fleet.SessionEvent;
import java.util.List;

/// The service's own account of its client sessions, pushed.
public interface EventFeed {
    String endpoint();

    /// Opens one connection and returns at once; every call is a new connection. The listener is called from one thread at a time.
    Subscription open(Listener listener);

    interface Listener {
        /// Connected; `current` are the sessions open now, as `Opened` events. Comes once, first.
        void joined(List<SessionEvent> current);

        void event(SessionEvent event);

        /// Anything at all was heard, a heartbeat included.
        void heard();

        /// The connection is over, or never came about. Comes exactly once, last.
        void ended(LinkFault why);
    }

    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
