package io.lockkeeper.app.notify;

import io.lockkeeper.domain.environment.ChannelSpec.Route;
import io.lockkeeper.domain.notify.ChannelReading;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.notify.Persistence;
import io.lockkeeper.domain.notify.Receipt;
import io.lockkeeper.port.Notifier;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What waits for one channel, and the thread that sends it, one after the other. Handing over never waits for the channel.
final class Outbox {
    /// More waiting than this, and the oldest goes.
    static final int ROOM = 100;
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration TO_CLOSE = Duration.ofSeconds(3);

    private final Route route;
    private final Notifier notifier;
    private final Told told;
    private final Persistence persistence;
    private final Time time;
    private final DoubleSupplier dice;
    private final Deque<Notification> queue = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean closing;
    private long accepted;
    private @Nullable Instant acceptedAt;
    private long refused;
    private long dropped;
    private String trouble = "";

    Outbox(Route route, Notifier notifier, Told told, Persistence persistence, Time time, DoubleSupplier dice) {
        this.route = route;
        this.notifier = notifier;
        this.told = told;
        this.persistence = persistence;
        this.time = time;
        this.dice = dice;
        this.thread = Thread.ofVirtual().name("notify " + route.name()).unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    Route route() {
        return route;
    }

    /// Takes it unless it is old, was told before, or waits already.
    void offer(Notification notification) {
        lock.lock();
        try {
            boolean wanted = route.on().contains(notification.occasion()) && !persistence.tooOld(age(notification))
                    && queue.stream().noneMatch(one -> one.id().equals(notification.id()))
                    && told.owes(route.name(), notification);
            if (closing || !wanted) {
                return;
            }
            if (queue.size() >= ROOM) {
                drop(queue.removeFirst(), "more than " + ROOM + " were waiting");
            }
            queue.addLast(notification);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Takes back what is no longer so and was not told yet.
    void withdraw(Predicate<Notification> over) {
        lock.lock();
        try {
            if (queue.removeIf(over)) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private Duration age(Notification notification) {
        return Duration.between(notification.at(), time.now());
    }

    private void drop(Notification notification, String why) {
        dropped++;
        trouble = "\"" + Notifications.shown(notification) + "\" was not told: " + why;
        settle(notification);
    }

    private void settle(Notification notification) {
        told.settled(route.name(), notification, time.now().minus(persistence.oldest()));
    }

    private void work() {
        int attempt = 0;
        var trying = "";
        try {
            for (var next = head(); next != null; next = head()) {
                attempt = next.id().equals(trying) ? attempt + 1 : 1;
                trying = next.id();
                var receipt = persistence.tooOld(age(next))
                        ? new Receipt.Later(trouble.isEmpty() ? "it waited too long" : trouble, null)
                        : send(next);
                var pause = heed(next, receipt, attempt);
                if (pause.isZero()) {
                    told.keep();
                }
                pause(pause);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The words of an error of our own could hold anything.
    private Receipt send(Notification notification) throws InterruptedException {
        try {
            return notifier.send(notification, LIMIT);
        } catch (RuntimeException e) {
            return new Receipt.Refused("an error of the console itself (" + e.getClass().getSimpleName() + ")");
        }
    }

    /// The oldest that waits; `null` when there is nothing more to be done.
    private @Nullable Notification head() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && !closing) {
                changed.await();
            }
            return queue.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    private Duration heed(Notification sent, Receipt receipt, int attempt) {
        lock.lock();
        try {
            switch (receipt) {
                case Receipt.Accepted _ -> {
                    accepted++;
                    acceptedAt = time.now();
                    trouble = "";
                }
                case Receipt.Refused(var why) -> {
                    refused++;
                    trouble = "REFUSED: " + why;
                }
                case Receipt.Later(var why, _) -> trouble = why;
                case Receipt.Unknown(var why) -> trouble = "not known whether it was accepted: " + why;
            }
            return switch (persistence.after(receipt, attempt, age(sent), dice.getAsDouble())) {
                case Persistence.Next.Settled() -> {
                    queue.removeFirstOccurrence(sent);
                    settle(sent);
                    yield Duration.ZERO;
                }
                case Persistence.Next.GivenUp(var why) -> {
                    if (queue.removeFirstOccurrence(sent)) {
                        drop(sent, "it is too old now, and " + why);
                    }
                    yield Duration.ZERO;
                }
                case Persistence.Next.Again(var after) -> after;
            };
        } finally {
            lock.unlock();
        }
    }

    /// Cut short when all that waited was taken back, and when this is closed: nothing is tried twice then.
    private void pause(Duration after) throws InterruptedException {
        lock.lock();
        try {
            long left = after.toNanos();
            while (left > 0 && !queue.isEmpty()) {
                if (closing) {
                    queue.clear(); // the next holder tells it
                    return;
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    ChannelReading reading() {
        lock.lock();
        try {
            return new ChannelReading(route.name(), notifier.endpoint(), queue.size(), accepted, acceptedAt, refused, dropped,
                    trouble);
        } finally {
            lock.unlock();
        }
    }

    /// Tries each that waits once more, for a few seconds at most. What is left is told by whoever holds the environment next.
    void closing() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close(long endTicks) {
        try {
            thread.join(Duration.ofNanos(Math.max(1, endTicks - time.ticks())));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    static long toCloseNanos() {
        return TimeUnit.MILLISECONDS.toNanos(TO_CLOSE.toMillis());
    }
}
