package io.lockkeeper.demo;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What tests order to go wrong with the answers of the admin API.
final class Faults {
    private final AtomicInteger swallow = new AtomicInteger();
    private final AtomicInteger refuse = new AtomicInteger();
    private volatile int delayMillis;

    void swallowReplies(int count) {
        swallow.set(count);
    }

    void refuse(int count) {
        refuse.set(count);
    }

    void delayMillis(int millis) {
        delayMillis = millis;
    }

    boolean takeSwallow() {
        return take(swallow);
    }

    boolean takeRefusal() {
        return take(refuse);
    }

    private static boolean take(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    void delay() {
        try {
            Thread.sleep(delayMillis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    Map<String, @Nullable Object> fields() {
        return Json.object("swallowReplies", swallow.get(), "refuse", refuse.get(), "delayMillis", delayMillis);
    }
}
