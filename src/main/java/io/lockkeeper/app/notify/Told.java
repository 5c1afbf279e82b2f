package io.lockkeeper.app.notify;

import io.lockkeeper.domain.notify.Account;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.port.NotifyLedger;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// What each channel need not be told any more, kept across restarts. Thread-safe; only [#keep] waits for the disk.
final class Told {
    private final NotifyLedger ledger;
    private final Map<String, Account> accounts = new HashMap<>();
    private final ReentrantLock disk = new ReentrantLock();
    private volatile String trouble = "";

    /// @param channels those that the environment file has; what is known of others is forgotten
    Told(NotifyLedger ledger, Set<String> channels, Instant now) {
        this.ledger = ledger;
        Map<String, Account> kept = Map.of();
        boolean unreadable = false;
        try {
            kept = ledger.read();
        } catch (IOException e) {
            unreadable = true;
            trouble = "what was told before is not known, so that nothing from before is told: " + e.getMessage();
        }
        for (var channel : channels) {
            var known = kept.get(channel);
            accounts.put(channel, known == null ? Account.from(now) : known);
        }
        if (!unreadable && !kept.equals(accounts)) {
            keep();
        }
    }

    synchronized boolean owes(String channel, Notification notification) {
        var account = accounts.get(channel);
        return account != null && account.owes(notification);
    }

    synchronized void settled(String channel, Notification notification, Instant oldest) {
        accounts.computeIfPresent(channel, (_, account) -> account.settled(notification, oldest));
    }

    private synchronized Map<String, Account> all() {
        return Map.copyOf(accounts);
    }

    /// Writes down what is settled until now.
    void keep() {
        disk.lock();
        try {
            ledger.write(all());
            trouble = "";
        } catch (IOException e) {
            trouble = "it cannot be kept what was told, so that after a restart some may be told again: " + e.getMessage();
        } finally {
            disk.unlock();
        }
    }

    /// What is wrong with the keeping; empty where nothing is.
    String trouble() {
        return trouble;
    }
}
