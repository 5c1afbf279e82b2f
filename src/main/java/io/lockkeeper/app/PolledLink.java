package io.lockkeeper.app;

import io.lockkeeper.domain.link.LinkEvent;
import io.lockkeeper.domain.link.LinkMachine;
import io.lockkeeper.domain.link.LinkMachine.Effect;
import io.lockkeeper.domain.link.LinkMachine.Link;
import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.domain.observer.Contact;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/// A supervised link to an endpoint that is read again and again. One virtual thread of its own; what it reads is handed over with the
/// time at which the reading was begun.
final class PolledLink<T> implements SupervisedLink {
    /// @param every between the ends of one reading and the beginning of the next
    /// @param limit for one reading
    record Rhythm(Duration every, Duration limit) {}

    interface Source<T> {
        T read(Duration limit) throws LinkFault, InterruptedException;
    }

    interface Sink<T> {
        void seen(T value, Instant begunAt);

        void lost(String why, Instant at);
    }

    private enum Word {
        STOP, NOW
    }

    private final String name;
    private final String endpoint;
    private final Source<T> source;
    private final Sink<T> sink;
    private final Rhythm rhythm;
    private final LinkMachine machine;
    private final Time time;
    private final DoubleSupplier dice;
    private final LinkedBlockingQueue<Word> words = new LinkedBlockingQueue<>();
    private volatile Link link = Link.NEW;
    private volatile Contact contact;

    PolledLink(String name, String endpoint, Source<T> source, Sink<T> sink, Rhythm rhythm, LinkMachine machine, Time time,
            DoubleSupplier dice) {
        this.name = name;
        this.endpoint = endpoint;
        this.source = source;
        this.sink = sink;
        this.rhythm = rhythm;
        this.machine = machine;
        this.time = time;
        this.dice = dice;
        this.contact = new Contact(name, null, null);
    }

    @Override
    public void start() {
        Thread.ofVirtual().name("link " + name).start(this::supervise);
    }

    @Override
    public void stop() {
        words.add(Word.STOP);
    }

    @Override
    public void now() {
        words.add(Word.NOW);
    }

    @Override
    public LinkView view() {
        return new LinkView(name, endpoint, machine.on(link, new LinkEvent.Tick(), time.now()).link().state());
    }

    @Override
    public Optional<Contact> contact() {
        return link.state() instanceof LinkState.Refused ? Optional.empty() : Optional.of(contact);
    }

    private void supervise() {
        try {
            on(new LinkEvent.Start());
            while (true) {
                if (link.state() instanceof LinkState.Connecting || link.state() instanceof LinkState.Live) {
                    readOnce();
                }
                var word = words.poll(untilNext().toMillis(), TimeUnit.MILLISECONDS);
                if (word == Word.STOP) {
                    on(new LinkEvent.Stop());
                    return;
                }
                on(word == Word.NOW ? new LinkEvent.RetryNow() : new LinkEvent.RetryDue());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration untilNext() {
        return switch (link.state()) {
            case LinkState.Waiting(_, var due, _) -> atLeast(Duration.between(time.now(), due).plusMillis(1));
            case LinkState.Refused _,LinkState.Offline _ -> Duration.ofDays(1);
            default -> rhythm.every();
        };
    }

    private static Duration atLeast(Duration delay) {
        return delay.isPositive() ? delay : Duration.ofMillis(1);
    }

    private void readOnce() throws InterruptedException {
        long generation = link.generation();
        var begunAt = time.now();
        try {
            var value = source.read(rhythm.limit());
            on(new LinkEvent.Opened(generation));
            on(new LinkEvent.Heard(generation));
            contact = new Contact(name, begunAt, begunAt);
            sink.seen(value, begunAt);
        } catch (LinkFault fault) {
            contact = new Contact(name, begunAt, fault.isAnswered() ? begunAt : contact.heard());
            dropped(generation, fault.why(), fault.isPermanent());
        } catch (RuntimeException e) {
            dropped(generation, "the reading ended in an error of the console itself: " + e.getClass().getSimpleName(), false);
        }
    }

    private void dropped(long generation, String why, boolean permanent) {
        on(new LinkEvent.Dropped(generation, why, permanent, dice.getAsDouble()));
        sink.lost(why, time.now());
    }

    private void on(LinkEvent event) {
        var next = machine.on(link, event, time.now());
        link = next.link();
        if (next.effect() == Effect.DIAL && event instanceof LinkEvent.RetryNow) {
            words.removeIf(word -> word == Word.NOW);
        }
    }
}
