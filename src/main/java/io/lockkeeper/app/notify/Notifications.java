package io.lockkeeper.app.notify;

import io.lockkeeper.domain.environment.ChannelSpec.Route;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Occasion;
import io.lockkeeper.domain.notify.ChannelReading;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.notify.Persistence;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.port.Notifier;
import io.lockkeeper.port.NotifyLedger;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells people who look at no console what comes about in one environment, while this console holds it. Owned by the session's thread, which never
/// waits for a channel; each channel has an [Outbox] with a thread of its own.
public final class Notifications {
    public record Channel(Route route, Notifier notifier) {}

    /// @param ledger what was told before
    public record Parts(List<Channel> channels, NotifyLedger ledger, Persistence persistence) {
        public Parts {
            channels = List.copyOf(channels);
        }
    }

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final NotifyWords words;
    private final Time time;
    private final Told told;
    private final List<Outbox> outboxes;
    private final WatchNews watch;
    private final Duration oldest;
    private long lookedAt;
    private List<ChannelReading> shown = List.of();
    private String said = "";

    /// @param dice random numbers from 0 to 1 for the jitter
    public Notifications(Environment environment, Parts parts, Time time, DoubleSupplier dice) {
        this.words = new NotifyWords(environment);
        this.time = time;
        this.oldest = parts.persistence().oldest();
        this.told = new Told(parts.ledger(),
                parts.channels().stream().map(channel -> channel.route().name()).collect(Collectors.toSet()), time.now());
        this.outboxes = parts.channels().stream()
                .map(one -> new Outbox(one.route(), one.notifier(), told, parts.persistence(), time, dice)).toList();
        this.watch = new WatchNews(words);
        this.lookedAt = time.ticks() - BETWEEN_LOOKS.toNanos();
        this.shown = readings();
        outboxes.forEach(Outbox::start);
    }

    static String shown(Notification notification) {
        return notification.title() + ", " + NotifyTimes.utc(notification.at());
    }

    /// An event that stands in the journal; those from before this start too, for one of them may not have been told.
    ///
    /// @param run as the event left it
    public void recorded(RunEvent event, @Nullable RunState run) {
        if (!event.at().plus(oldest).isBefore(time.now())) {
            words.of(event, run).ifPresent(news -> outboxes.forEach(outbox -> outbox.offer(news)));
        }
    }

    /// Tells what follows from how things stand, at most twice a second.
    ///
    /// @return what should be said in the window, one sentence each
    public List<String> look(@Nullable RunState run, @Nullable WatchReading reading) {
        if (time.ticks() - lookedAt < BETWEEN_LOOKS.toNanos()) {
            return List.of();
        }
        lookedAt = time.ticks();
        var now = time.now();
        needs(run, now);
        watch.of(reading, now).forEach(news -> outboxes.forEach(outbox -> outbox.offer(news)));
        return news();
    }

    private void needs(@Nullable RunState run, Instant now) {
        var standing = new ArrayList<Notification>();
        if (run != null) {
            Needs.of(run).forEach(need -> standing.add(words.of(need, run)));
        }
        Set<String> ids = standing.stream().map(Notification::id).collect(Collectors.toCollection(HashSet::new));
        for (var outbox : outboxes) {
            outbox.withdraw(one -> one.occasion() == Occasion.NEEDS_PERSON && !ids.contains(one.id()));
            standing.stream().filter(need -> !need.at().plus(outbox.route().after()).isAfter(now)).forEach(outbox::offer);
        }
    }

    private List<String> news() {
        var before = shown;
        shown = readings();
        var news = new ArrayList<String>();
        for (int i = 0; i < shown.size(); i++) {
            var one = shown.get(i);
            if (!one.trouble().isEmpty() && !one.trouble().equals(before.get(i).trouble())) {
                news.add("notify " + one.name() + " (" + one.endpoint() + "): " + one.words());
            }
        }
        var keeping = told.trouble();
        if (!keeping.isEmpty() && !keeping.equals(said)) {
            news.add("notify: " + keeping);
        }
        said = keeping;
        return news;
    }

    /// How each channel is doing, in the order of the environment file.
    public List<ChannelReading> readings() {
        return outboxes.stream().map(Outbox::reading).toList();
    }

    /// Whether a channel is doing otherwise than when [#look] was called last.
    public boolean hasChanged() {
        return !readings().equals(shown);
    }

    /// Takes a few seconds at most.
    public void close() {
        outboxes.forEach(Outbox::closing);
        long end = time.ticks() + Outbox.toCloseNanos();
        outboxes.forEach(outbox -> outbox.close(end));
    }
}
