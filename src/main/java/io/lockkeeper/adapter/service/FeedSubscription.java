package io.lockkeeper.adapter.service;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.adapter.service.FeedSocket.Heard;
import io.lockkeeper.domain.fleet.SessionEvent;
import io.lockkeeper.port.EventFeed;
import io.lockkeeper.port.LinkFault;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One connection to the event feed from beginning to end. One virtual thread does everything and calls the listener.
final class FeedSubscription implements EventFeed.Subscription, Runnable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration LISTING = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 100_000;

    private final URI address;
    private final ServiceHttp http;
    private final EventFeed.Listener listener;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Duration silence;
    private volatile boolean closed;
    private long last;
    private long listed = -1;

    /// @param silence after which the feed is taken for dead
    FeedSubscription(URI address, ServiceHttp http, EventFeed.Listener listener, Duration silence) {
        this.silence = silence;
        this.address = address;
        this.http = http;
        this.listener = listener;
    }

    @Override
    public void close() {
        closed = true;
        var _ = heard.offer(new Heard.Ended("closed by Lockkeeper", false));
    }

    @Override
    public void run() {
        listener.ended(follow());
    }

    private LinkFault follow() {
        FeedSocket socket;
        try {
            socket = new FeedSocket(address, http.authorization(), Math.toIntExact(CONNECT.toMillis()), heard);
        } catch (LinkFault fault) {
            return fault;
        }
        try {
            socket.connect();
            begin();
            while (true) {
                event(next());
            }
        } catch (LinkFault fault) {
            return fault;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return LinkFault.passing("the console stopped");
        } finally {
            socket.cut();
        }
    }

    /// Joins first and lists then: what happens in between waits in the queue, so nothing is missed.
    private void begin() throws LinkFault, InterruptedException {
        var hello = next();
        if (!hello.isHello()) {
            throw LinkFault.passing("the feed does not begin with hello");
        }
        last = hello.number();
        var answer = http.get("/v1/sessions", LISTING);
        var json = answer.json();
        if (!json.isArray()) {
            throw LinkFault.passing("the answer of " + answer.shown() + " is not a list of sessions");
        }
        var current = new ArrayList<SessionEvent>();
        for (var line : json) {
            current.add(FeedMessage.current(line));
        }
        listed = answer.feed();
        listener.joined(current);
    }

    private void event(FeedMessage message) throws LinkFault {
        if (message.isHello() || (message.isEvent() ? message.number() != last + 1 : message.number() != last)) {
            throw LinkFault.passing("events were missed: number " + message.number() + " came after " + last);
        }
        last = message.number();
        var session = message.session();
        if (session.isPresent() && last > listed) { // what the list knows of already is not told again
            listener.event(session.get());
        } else {
            listener.heard();
        }
    }

    /// Only what the service itself says counts as a sign of life: a socket can answer pings long after the service behind it has hung.
    private FeedMessage next() throws LinkFault, InterruptedException {
        var what = heard.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
        if (closed) {
            throw LinkFault.passing("closed by Lockkeeper");
        }
        return switch (what) {
            case Heard.Text(var text) -> FeedMessage.of(text);
            case Heard.Ended(var why, var permanent) -> throw permanent ? LinkFault.permanent(why) : LinkFault.passing(why);
            case null -> throw LinkFault.passing("the feed has been silent for " + Durations.words(silence));
        };
    }
}
