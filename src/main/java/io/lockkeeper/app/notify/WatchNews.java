package io.lockkeeper.app.notify;

import io.lockkeeper.domain.environment.Occasion;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.watch.ObserverReading;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What of the watch is told: faults of the observer, and triggers that could judge and no longer can. That stands in no journal: it is told anew by
/// each console that meets it. For one thread.
final class WatchNews {
    /// Triggers are blind for moments whenever clients come and go.
    private static final Duration BLIND = Duration.ofMinutes(1);

    private final NotifyWords words;
    private final Set<String> couldJudge = new HashSet<>();
    private final Map<String, Instant> blindTold = new TreeMap<>();
    private @Nullable Instant doubtTold;
    private boolean watched;

    WatchNews(NotifyWords words) {
        this.words = words;
    }

    List<Notification> of(@Nullable WatchReading reading, Instant now) {
        if (reading == null) {
            return List.of();
        }
        var news = new ArrayList<Notification>();
        watcher(reading, news);
        var observer = reading.observer();
        var doubt = observer == null ? null : observer.doubt();
        observer(reading, doubt, now, news);
        if (doubt == null && reading.watcher().watching()) {
            triggers(reading, now, news);
        }
        return news;
    }

    private void watcher(WatchReading reading, List<Notification> news) {
        if (reading.watcher() instanceof Watcher.Failed(var at, var why)) {
            if (watched) {
                news.add(words.ofWatch(Occasion.OBSERVER, "nobody", true, at, "NOBODY WATCHES any more",
                        "Nobody is watching the service: " + why + ". No trigger can fire."));
            }
            watched = false;
        } else {
            watched |= reading.watcher().watching();
        }
    }

    private void observer(WatchReading reading, ObserverReading.@Nullable Doubt doubt, Instant now, List<Notification> news) {
        var told = doubtTold;
        if (doubt != null && doubt.until() == null && told == null) {
            doubtTold = doubt.since();
            news.add(words.ofWatch(Occasion.OBSERVER, "fault", true, doubt.since(), "OBSERVER_FAULT",
                    reading.doubted().orElse(doubt.why()) + "."));
        } else if (doubt == null && told != null && reading.observer() != null) {
            doubtTold = null;
            news.add(words.ofWatch(Occasion.OBSERVER, "fault over", false, now, "the observer's fault is over",
                    "OBSERVER_FAULT since " + NotifyTimes.utc(told) + " is over; triggers judge again."));
        }
    }

    private void triggers(WatchReading reading, Instant now, List<Notification> news) {
        var lost = new TreeMap<String, String>();
        var back = new TreeMap<String, Instant>();
        for (var trigger : reading.triggers()) {
            if (!(trigger.phase() instanceof Phase.Blind(var since, var why))) {
                couldJudge.add(trigger.name());
                var before = blindTold.remove(trigger.name());
                if (before != null) {
                    back.put(trigger.name(), before);
                }
            } else if (couldJudge.contains(trigger.name()) && !blindTold.containsKey(trigger.name())
                    && !since.plus(BLIND).isAfter(now)) {
                blindTold.put(trigger.name(), since);
                lost.put(trigger.name(), "BLIND since " + NotifyTimes.utc(since) + ": " + why);
            }
        }
        if (!lost.isEmpty()) {
            news.add(words.ofWatch(Occasion.TRIGGER_BLIND, "blind", true, now, names(lost.keySet()) + " BLIND",
                    String.join("\n", lost.entrySet().stream().map(one -> one.getKey() + " is " + one.getValue() + ".").toList())
                            + "\nWhat a blind trigger would see fires nothing."));
        }
        if (!back.isEmpty()) {
            news.add(words.ofWatch(Occasion.TRIGGER_BLIND, "sees", false, now, names(back.keySet()) + " judging again",
                    String.join("\n", back.entrySet().stream()
                            .map(one -> one.getKey() + " judges again; it was blind since " + NotifyTimes.utc(one.getValue())
                                    + ".")
                            .toList())));
        }
    }

    private static String names(Set<String> names) {
        return names.size() == 1 ? "trigger " + names.iterator().next() + " is" : names.size() + " triggers are";
    }
}
