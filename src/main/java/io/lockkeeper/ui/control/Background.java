package io.lockkeeper.ui.control;

import io.lockkeeper.ui.FxThread;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// The only way a click starts something that may block: out on a virtual thread, back on the FX thread, nothing lost.
public final class Background {
    private final FxThread fx;

    public Background(FxThread fx) {
        this.fx = fx;
    }

    /// @param failed gets one sentence
    public <T> void start(Callable<T> work, Consumer<T> done, Consumer<String> failed) {
        Thread.ofVirtual().name("ui work").start(() -> {
            try {
                var result = work.call();
                fx.run(() -> done.accept(result));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                fx.run(() -> failed.accept(why));
            }
        });
    }
}
