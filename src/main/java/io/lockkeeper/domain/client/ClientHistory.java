package io.lockkeeper.domain.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The events of one client in the order of their times, and what follows from them. An event that comes late is put where it belongs and
/// the whole is told again when it is next asked for.
final class ClientHistory {
    private final List<ClientEvent> events = new ArrayList<>();
    private ClientStory before = new ClientStory();
    private ClientStory story = new ClientStory();
    private Instant forgotten = Instant.MIN;
    private boolean stale;

    ClientStory story(Collection<Planned> planned) {
        if (stale) {
            story = before.copy();
            events.forEach(event -> story.on(event, planned));
            stale = false;
        }
        return story;
    }

    void on(ClientEvent event, Collection<Planned> planned) {
        if (!event.at().isAfter(forgotten)) {
            return;
        }
        int place = events.size();
        while (place > 0 && events.get(place - 1).at().isAfter(event.at())) {
            place--;
        }
        for (int i = place - 1; i >= 0 && events.get(i).at().equals(event.at()); i--) {
            if (events.get(i).equals(event)) {
                return;
            }
        }
        events.add(place, event);
        if (place == events.size() - 1 && !stale) {
            story.on(event, planned);
        } else {
            stale = true;
        }
    }

    /// Something that the whole rests on has changed.
    void tellAgain() {
        stale = true;
    }

    /// Drops what was over before that time. A client that was out then is remembered from its loss on.
    void forget(Instant until, Collection<Planned> planned) {
        var walk = before.copy();
        int dropped = 0;
        for (int i = 0; i < events.size() && events.get(i).at().isBefore(until); i++) {
            walk.on(events.get(i), planned);
            dropped = walk.out() ? dropped : i + 1;
        }
        if (dropped > 0) {
            var past = events.subList(0, dropped);
            var kept = before.copy();
            past.forEach(event -> kept.on(event, planned));
            forgotten = past.getLast().at();
            before = kept.withoutPast(forgotten);
            past.clear();
            stale = true;
        }
    }
}
