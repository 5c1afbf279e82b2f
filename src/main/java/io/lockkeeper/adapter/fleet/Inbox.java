package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// What the lines of one loop have heard and nobody has worked on yet. It waits until a look at all sockets brought nothing more, so that
/// the first of ten thousand closes does not delay the times of the others. One thread.
final class Inbox {
    private static final int MOST_LOOKS = 16;
    /// Then the sockets are looked at again.
    private static final long AT_ONCE = TimeUnit.MILLISECONDS.toNanos(5);

    private sealed interface Item {
        /// When it was pushed or, of what was heard, when it was read.
        long at();

        record Opened(Line line, Ear ear, long at) implements Item {}

        record Text(Line line, Ear ear, long at, String text) implements Item {
            @Override
            public String toString() {
                return "Text"; // it may hold a token
            }
        }

        record Failed(Line line, Ear ear, long at, Failure failure) implements Item {}

        record Lost(Line line, Ear ear, long at, Loss loss) implements Item {}

        record Work(long at, Runnable work) implements Item {}
    }

    private final Queue<Item> items = new ArrayDeque<>();
    private final Consumer<Runnable> afterTheSockets;
    private boolean armed;
    private long pushed;
    private long seen;
    private int looks;

    /// @param afterTheSockets runs something on the same thread after the next look at all sockets
    Inbox(Consumer<Runnable> afterTheSockets) {
        this.afterTheSockets = afterTheSockets;
    }

    void opened(Line line, Ear ear, long at) {
        push(new Item.Opened(line, ear, at));
    }

    void text(Line line, Ear ear, long at, String text) {
        push(new Item.Text(line, ear, at, text));
    }

    void failed(Line line, Ear ear, long at, Failure failure) {
        push(new Item.Failed(line, ear, at, failure));
    }

    void lost(Line line, Ear ear, long at, Loss loss) {
        push(new Item.Lost(line, ear, at, loss));
    }

    /// Something that costs time and can wait for its turn.
    void later(Runnable work) {
        push(new Item.Work(System.nanoTime(), work));
    }

    /// Until when everything that was heard has been worked on.
    long workedUntil(long now) {
        var oldest = items.peek();
        return oldest == null ? now : Math.min(now, oldest.at());
    }

    private void push(Item item) {
        items.add(item);
        pushed++;
        if (!armed) {
            armed = true;
            afterTheSockets.accept(this::drain);
        }
    }

    private void drain() {
        if (pushed != seen && looks < MOST_LOOKS) {
            seen = pushed;
            looks++;
            afterTheSockets.accept(this::drain);
            return;
        }
        long end = System.nanoTime() + AT_ONCE;
        while (!items.isEmpty() && System.nanoTime() < end) {
            work(items.remove());
        }
        looks = 0;
        armed = !items.isEmpty();
        if (armed) {
            afterTheSockets.accept(this::drain);
        }
    }

    private static void work(Item item) {
        switch (item) {
            case Item.Opened opened -> opened.ear().opened(opened.line(), opened.at());
            case Item.Text text -> text.ear().text(text.line(), text.at(), text.text());
            case Item.Failed failed -> failed.ear().failed(failed.line(), failed.at(), failed.failure());
            case Item.Lost lost -> lost.ear().lost(lost.line(), lost.at(), lost.loss());
            case Item.Work(_, var work) -> work.run();
        }
    }
}
