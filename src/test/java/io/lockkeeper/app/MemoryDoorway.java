package io.lockkeeper.app;

import io.lockkeeper.port.Conversation;
import io.lockkeeper.port.Doorway;
import io.lockkeeper.port.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A doorway inside one process. Whoever does not read holds up whoever writes to it, and nobody is ever cut off for that: worse than
/// any socket.
final class MemoryDoorway implements Doorway {
    private static final int ROOM = 4;

    private final List<End> ends = new CopyOnWriteArrayList<>();
    private volatile @Nullable Consumer<Conversation> door;

    @Override
    public AutoCloseable open(Consumer<Conversation> each) {
        door = each;
        return () -> door = null;
    }

    @Override
    public Conversation call() throws IOException {
        var open = door;
        if (open == null) {
            throw new IOException("nobody answers");
        }
        var there = new LinkedBlockingQueue<Message>(ROOM);
        var back = new LinkedBlockingQueue<Message>(ROOM);
        var caller = new End(there, back);
        var called = new End(back, there);
        caller.other = called;
        called.other = caller;
        ends.add(caller);
        Thread.ofVirtual().name("called").start(() -> open.accept(called));
        return caller;
    }

    /// The holder's process dies: every conversation ends, the door is nobody's.
    void die() {
        door = null;
        ends.forEach(End::close);
    }

    /// True when somebody has to wait because the other side does not read.
    boolean isStuck() {
        return ends.stream().anyMatch(end -> end.in.remainingCapacity() == 0);
    }

    private static final class End implements Conversation {
        private final LinkedBlockingQueue<Message> out;
        private final LinkedBlockingQueue<Message> in;
        private volatile boolean over;
        private volatile @Nullable End other;

        End(LinkedBlockingQueue<Message> out, LinkedBlockingQueue<Message> in) {
            this.out = out;
            this.in = in;
        }

        @Override
        public void send(Message message) throws IOException {
            try {
                while (!over) {
                    if (out.offer(message, 20, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("hung up");
        }

        @Override
        public Optional<Message> receive(Duration limit) throws IOException {
            try {
                for (long until = System.nanoTime() + limit.toNanos(); !over;) {
                    var message = in.poll(20, TimeUnit.MILLISECONDS);
                    if (message != null || System.nanoTime() > until) {
                        return Optional.ofNullable(message);
                    }
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("hung up");
        }

        @Override
        public void close() {
            over = true;
            var there = other;
            if (there != null) {
                there.over = true;
            }
        }
    }
}
