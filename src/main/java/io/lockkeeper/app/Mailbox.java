package io.lockkeeper.app;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Work for the one thread that owns an environment's session. Anybody posts; that thread alone takes.
final class Mailbox {
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();

    void post(Runnable work) {
        queue.add(work);
    }

    /// Waits for work so long; `null` when there is none.
    @Nullable
    Runnable next(Duration wait) throws InterruptedException {
        return queue.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Does what there is, and does not wait for more.
    void doAll() {
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            next.run();
        }
    }

    /// A command, answered on the session's thread; waits as long as that takes.
    Submitted ask(Supplier<Submitted> work) throws InterruptedException {
        var answer = new CompletableFuture<Submitted>();
        post(() -> {
            try {
                answer.complete(work.get());
            } catch (RuntimeException e) {
                answer.complete(new Submitted.Refused("an error of the console itself: " + e));
            }
        });
        try {
            return answer.get();
        } catch (ExecutionException e) {
            return new Submitted.Refused("an error of the console itself: " + e.getCause());
        }
    }

    /// Something that the session knows, copied on its thread.
    <T> T copy(Supplier<T> what, Duration wait) throws EnvironmentAccess.Unavailable, InterruptedException {
        var answer = new CompletableFuture<T>();
        post(() -> {
            try {
                answer.complete(what.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new EnvironmentAccess.Unavailable("the session does not answer: " + e.getClass().getSimpleName());
        }
    }
}
