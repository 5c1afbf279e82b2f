package io.lockkeeper.port;

import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.notify.Receipt;
import java.time.Duration;

/// One way to people who look at no console. Thread-safe; blocks until it is known what became of it, or the limit has passed.
public interface Notifier {
    /// Where it goes, safe to show: no path, no user, no secret.
    String endpoint();

    /// Sends it once. Never throws for what the other side does.
    Receipt send(Notification notification, Duration limit) throws InterruptedException;
}
