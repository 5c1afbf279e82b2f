package io.lockkeeper.demo;

import java.util.concurrent.atomic.AtomicLong;

/// What the demo's clients met, all of them together.
record ClientCounters(AtomicLong reconnects, AtomicLong lostMessages, AtomicLong duplicatedMessages, AtomicLong lostSessions,
        AtomicLong failedAttempts) {
    ClientCounters() {
        this(new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong());
    }
}
