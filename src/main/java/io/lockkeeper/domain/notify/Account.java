package io.lockkeeper.domain.notify;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// What is known of one channel across restarts.
///
/// @param since what came about before was never meant for it
/// @param settled ids of what is not to be sent again, each with the time of what it tells
public record Account(Instant since, Map<String, Instant> settled) {
    public Account {
        settled = Map.copyOf(settled);
    }

    public static Account from(Instant since) {
        return new Account(since, Map.of());
    }

    /// @param oldest of those that came about before nothing needs to be known any more
    public Account settled(Notification notification, Instant oldest) {
        var next = new TreeMap<>(settled);
        next.put(notification.id(), notification.at());
        next.values().removeIf(at -> at.isBefore(oldest));
        return new Account(since, next);
    }

    public boolean owes(Notification notification) {
        return !notification.at().isBefore(since) && !settled.containsKey(notification.id());
    }
}
