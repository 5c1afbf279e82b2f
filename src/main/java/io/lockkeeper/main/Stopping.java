package io.lockkeeper.main;

import io.lockkeeper.cli.Desk;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A program that runs until it is told to end: then it says goodbye, and that is a good end. The runtime's own code for a signal would say that
/// it was killed.
final class Stopping implements Desk.Closing {
    private static final int LONGEST_SECONDS = 10;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    /// @param then tells it to end; what it has to do ends with the closing of this
    /// @param last what is left to be done after that
    Stopping(Runnable then, Runnable last) {
        hook = new Thread(() -> {
            then.run();
            if (isClosedInTime()) {
                last.run();
                Runtime.getRuntime().halt(0);
            }
        }, "stopping");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private boolean isClosedInTime() {
        try {
            return closed.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the program is ending already, and the hook waits for this
        }
    }
}
