package io.lockkeeper.app;

import io.lockkeeper.domain.fleet.SessionEvent;
import io.lockkeeper.domain.link.LinkEvent;
import io.lockkeeper.domain.link.LinkMachine;
import io.lockkeeper.domain.link.LinkMachine.Link;
import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.port.EventFeed;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// The supervised link to an event feed. One virtual thread owns it; every attempt is a new connection with a generation of its own, and
/// what an older one still says is dropped.
final class FeedLink implements SupervisedLink {
    private static final Duration TICK = Duration.ofMillis(500);

    /// What the feed says, on the link's thread.
    interface Sink {
        void joined(List<SessionEvent> current);

        void event(SessionEvent event);

        void heard();

        void lost(String why);
    }

    private final EventFeed feed;
    private final Sink sink;
    private final LinkMachine machine;
    private final Time time;
    private final DoubleSupplier dice;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private volatile Link link = Link.NEW;
    private EventFeed.@Nullable Subscription open;
    private boolean stopped;

    FeedLink(EventFeed feed, Sink sink, LinkMachine machine, Time time, DoubleSupplier dice) {
        this.feed = feed;
        this.sink = sink;
        this.machine = machine;
        this.time = time;
        this.dice = dice;
    }

    @Override
    public void start() {
        Thread.ofVirtual().name("link feed").start(this::supervise);
    }

    @Override
    public void stop() {
        inbox.add(() -> {
            on(new LinkEvent.Stop());
            stopped = true;
        });
    }

    @Override
    public void now() {
        inbox.add(() -> on(new LinkEvent.RetryNow()));
    }

    @Override
    public LinkView view() {
        return new LinkView("feed", feed.endpoint(), machine.on(link, new LinkEvent.Tick(), time.now()).link().state());
    }

    private void supervise() {
        try {
            on(new LinkEvent.Start());
            while (!stopped) {
                var next = inbox.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.run();
                }
                on(new LinkEvent.RetryDue());
                on(new LinkEvent.Tick());
                if (link.state() instanceof LinkState.Stale) {
                    lost(link.generation(), "nothing heard for " + machine.silence().toSeconds() + " s", false);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void on(LinkEvent event) {
        var next = machine.on(link, event, time.now());
        link = next.link();
        switch (next.effect()) {
            case DIAL -> open = feed.open(new Generation(link.generation()));
            case HANG_UP -> hangUp();
            case NONE -> {
                // the connection stays as it is
            }
        }
    }

    private void hangUp() {
        var current = open;
        open = null;
        if (current != null) {
            current.close();
        }
    }

    private void lost(long generation, String why, boolean permanent) {
        if (generation == link.generation()) {
            on(new LinkEvent.Dropped(generation, why, permanent, dice.getAsDouble()));
            sink.lost(why);
        }
    }

    private final class Generation implements EventFeed.Listener {
        private final long generation;

        Generation(long generation) {
            this.generation = generation;
        }

        @Override
        public void joined(List<SessionEvent> current) {
            mine(() -> {
                on(new LinkEvent.Opened(generation));
                sink.joined(current);
            });
        }

        @Override
        public void event(SessionEvent event) {
            mine(() -> {
                on(new LinkEvent.Heard(generation));
                sink.event(event);
            });
        }

        @Override
        public void heard() {
            mine(() -> {
                on(new LinkEvent.Heard(generation));
                sink.heard();
            });
        }

        @Override
        public void ended(LinkFault why) {
            inbox.add(() -> lost(generation, why.why(), why.isPermanent()));
        }

        private void mine(Runnable then) {
            inbox.add(() -> {
                if (link.generation() == generation) {
                    then.run();
                }
            });
        }
    }
}
