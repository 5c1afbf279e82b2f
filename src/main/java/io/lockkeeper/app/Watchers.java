package io.lockkeeper.app;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Those who want every newest snapshot. Each is called from one virtual thread of its own and sees the latest, never a queue of old
/// ones, so that a slow watcher holds up nobody.
public final class Watchers {
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    public EnvironmentAccess.Watching add(Consumer<Snapshot> consumer, Snapshot first) {
        var watcher = new Watcher(consumer);
        watchers.add(watcher);
        watcher.offer(first);
        return () -> {
            watchers.remove(watcher);
            watcher.closed = true;
        };
    }

    public void publish(Snapshot snapshot) {
        watchers.forEach(watcher -> watcher.offer(snapshot));
    }

    private static final class Watcher {
        private final Consumer<Snapshot> consumer;
        private final AtomicReference<@Nullable Snapshot> next = new AtomicReference<>();
        private final AtomicReference<@Nullable Thread> busy = new AtomicReference<>();
        private volatile boolean closed;

        Watcher(Consumer<Snapshot> consumer) {
            this.consumer = consumer;
        }

        void offer(Snapshot snapshot) {
            next.set(snapshot);
            var thread = Thread.ofVirtual().name("watcher").unstarted(this::deliver);
            if (busy.compareAndSet(null, thread)) {
                thread.start();
            }
        }

        private void deliver() {
            try {
                for (var newest = next.getAndSet(null); newest != null && !closed; newest = next.getAndSet(null)) {
                    consumer.accept(newest);
                }
            } finally {
                busy.set(null);
            }
            var missed = next.get();
            if (missed != null && !closed) { // offered between the last look and letting go
                offer(missed);
            }
        }
    }
}
