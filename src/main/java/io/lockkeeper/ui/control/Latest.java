package io.lockkeeper.ui.control;

import io.lockkeeper.ui.FxThread;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// From a fast stream to a slow screen: at most one delivery is queued, and it delivers the newest value.
public final class Latest<T> {
    private final AtomicReference<@Nullable T> slot = new AtomicReference<>();
    private final FxThread fx;
    private final Consumer<T> sink;

    public Latest(FxThread fx, Consumer<T> sink) {
        this.fx = fx;
        this.sink = sink;
    }

    public void offer(T value) {
        if (slot.getAndSet(value) == null) {
            fx.run(this::deliver);
        }
    }

    private void deliver() {
        var newest = slot.getAndSet(null);
        if (newest != null) {
            sink.accept(newest);
        }
    }
}
