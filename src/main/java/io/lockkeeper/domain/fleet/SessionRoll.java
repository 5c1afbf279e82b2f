package io.lockkeeper.domain.fleet;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// Where every known client session is: the fold of [SessionEvent]s. It makes "drained" provable by session.
///
/// @param places by session id; closed ones stay until forgotten with [#forgetClosedBefore]
public record SessionRoll(Map<String, Place> places) {
    /// @param open whether a connection is open there now
    /// @param code close code when it is not open
    /// @param lost whether the service forgot the session
    public record Place(String node, boolean open, int code, boolean lost, Instant since) {}

    public static final SessionRoll EMPTY = new SessionRoll(Map.of());

    public SessionRoll {
        places = Map.copyOf(places);
    }

    public SessionRoll on(SessionEvent event) {
        var next = new TreeMap<>(places);
        switch (event) {
            case SessionEvent.Opened(var session, var node, var at) -> next.put(session, new Place(node, true, 0, false, at));
            case SessionEvent.Resumed(var session, var node, _, var at) -> next.put(session, new Place(node, true, 0, false, at));
            case SessionEvent.Lost(var session, var node, var at) -> next.put(session, new Place(node, false, 0, true, at));
            case SessionEvent.Closed(var session, var node, int code, var at) -> {
                var known = next.get(session);
                if (known == null || known.node().equals(node)) { // a late close of the old place does not undo the new one
                    next.put(session, new Place(node, false, code, false, at));
                }
            }
        }
        return new SessionRoll(next);
    }

    public SessionRoll forgetClosedBefore(Instant limit) {
        var next = new TreeMap<>(places);
        next.values().removeIf(place -> !place.open() && place.since().isBefore(limit));
        return new SessionRoll(next);
    }

    /// Ids of the sessions open on a node.
    public java.util.SortedSet<String> on(String node) {
        var ids = new java.util.TreeSet<String>();
        places.forEach((id, place) -> {
            if (place.open() && place.node().equals(node)) {
                ids.add(id);
            }
        });
        return ids;
    }
}
