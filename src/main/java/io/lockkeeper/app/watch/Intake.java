package io.lockkeeper.app.watch;

import io.lockkeeper.domain.client.ClientEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Between the fleet's threads, which must never wait, and the one that owns the session. Bounded: what finds no room is dropped, and that it
/// was is not forgotten.
final class Intake implements Consumer<ClientEvent> {
    private final BlockingQueue<ClientEvent> events;
    private final AtomicBoolean called = new AtomicBoolean();
    private final AtomicReference<@Nullable Instant> dropped = new AtomicReference<>();
    private final Runnable wake;

    /// @param wake tells the owner that there is something; called on the fleet's threads, and not again before [#drain]
    Intake(int room, Runnable wake) {
        events = new LinkedBlockingQueue<>(room);
        this.wake = wake;
    }

    @Override
    public void accept(ClientEvent event) {
        if (!events.offer(event)) {
            dropped.accumulateAndGet(event.at(),
                    (before, at) -> before != null && (at == null || before.isBefore(at)) ? before : at);
        }
        if (called.compareAndSet(false, true)) {
            wake.run();
        }
    }

    void drain(Consumer<ClientEvent> sink) {
        called.set(false);
        for (var event = events.poll(); event != null; event = events.poll()) {
            sink.accept(event);
        }
    }

    /// Since when events were dropped, once.
    Optional<Instant> dropped() {
        return Optional.ofNullable(dropped.getAndSet(null));
    }
}
