package io.lockkeeper.domain.signal;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.signal.ProbeOutcome.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the probes meet at their nodes, from their events in the order in which they come; those of other clients are passed over, for they
/// say nothing of a named node.
///
/// A probe takes a turn now and then: it connects to the node, closes, and comes back with its session. How that ends, at the first attempt,
/// is one reading.
///
/// For one thread.
public final class NodeProbes {
    private static final String PREFIX = "probe-";

    /// @param nodes the names by which each may call itself, by node
    /// @param every from one turn of a probe to the next
    public record Plan(SortedMap<String, Set<String>> nodes, Duration every) {
        public static final Plan NONE = new Plan(new TreeMap<>(), Duration.ZERO);

        public Plan {
            nodes = new TreeMap<>(nodes);
        }
    }

    private static final class Track {
        private final Deque<ProbeOutcome> outcomes = new ArrayDeque<>();
        private boolean connected;
        /// Who gave it the session of this turn, where that was another node; empty otherwise.
        private String elsewhere = "";

        void add(Kind kind, Instant at, String what) {
            outcomes.addLast(new ProbeOutcome(kind, at, what));
            if (outcomes.size() > ProbeReading.LAST) {
                outcomes.removeFirst();
            }
        }
    }

    private final Plan plan;
    private final Map<String, Track> tracks = new TreeMap<>();

    public NodeProbes(Plan plan) {
        this.plan = plan;
        plan.nodes().keySet().forEach(node -> tracks.put(client(node), new Track()));
    }

    /// How the probe of a node is called.
    public static String client(String node) {
        return PREFIX + node;
    }

    public NodeProbes on(ClientEvent event) {
        var track = tracks.get(event.client());
        if (event.role() != ClientRole.PROBE || track == null) {
            return this;
        }
        switch (event) {
            case ClientEvent.Opened opened -> {
                track.connected = true;
                track.elsewhere = another(opened.client(), opened.node());
            }
            case ClientEvent.Failed failed -> failed(track, failed);
            case ClientEvent.Back back -> back(track, back);
            case ClientEvent.Left _ -> {
                track.connected = false;
                track.elsewhere = "";
            }
            case ClientEvent.Lost _,ClientEvent.Gap _ -> {
                // what it comes back with says what is to be known
            }
        }
        return this;
    }

    /// Empty where it is the named node that answered, or nobody says.
    private String another(String client, String said) {
        var node = client.substring(PREFIX.length());
        return plan.nodes().getOrDefault(node, Set.of(node)).contains(said) ? "" : said;
    }

    private static void failed(Track track, ClientEvent.Failed failed) {
        var failure = failed.failure();
        switch (failure.cause()) {
            case STATUS, CLOSED, NONSENSE -> {
                if (track.elsewhere.isEmpty()) {
                    track.add(Kind.REFUSED, failed.at(), failure.words() + (track.connected ? "" : " to a new session"));
                } else {
                    track.add(Kind.ANOTHER_NODE, failed.at(), track.elsewhere);
                }
            }
            case REFUSED -> track.add(Kind.NO_ANSWER, failed.at(), "connection refused");
            case UNREACHABLE, UNKNOWN_HOST, TLS, TIMEOUT, CUT -> track.add(Kind.NO_ANSWER, failed.at(), failure.words());
        }
    }

    private void back(Track track, ClientEvent.Back back) {
        var continuity = back.continuity();
        var other = another(back.client(), back.node());
        if (!other.isEmpty() || !track.elsewhere.isEmpty()) {
            track.add(Kind.ANOTHER_NODE, back.at(), other.isEmpty() ? track.elsewhere : other);
        } else if (continuity.session() == Continuity.SessionKept.LOST) {
            track.add(Kind.NEW_SESSION, back.at(), "");
        } else if (continuity.lost() + continuity.duplicated() > 0) {
            track.add(Kind.INCOMPLETE, back.at(),
                    continuity.lost() + " messages lost, " + continuity.duplicated() + " twice");
        } else {
            track.add(Kind.RESUMED, back.at(), "");
        }
    }

    /// Node by node, also those of which nothing is known.
    ///
    /// @param faults of the observer: what was met in one says nothing of a node
    /// @param ahead of the wall clock is that of the events by so much
    /// @param resting nodes that are not probed for the time being
    public List<ProbeReading> readings(Collection<ObserverFault> faults, Duration ahead, Set<String> resting) {
        return plan.nodes().keySet().stream().map(node -> reading(node, faults, ahead, resting.contains(node))).toList();
    }

    private ProbeReading reading(String node, Collection<ObserverFault> faults, Duration ahead, boolean rests) {
        var track = tracks.getOrDefault(client(node), new Track());
        var counted = track.outcomes.stream().filter(one -> faults.stream().noneMatch(fault -> fault.touches(one.at(), one.at())))
                .toList();
        var newest = counted.isEmpty() ? null : counted.getLast();
        return new ProbeReading(node, plan.every(),
                newest == null ? null : new ProbeOutcome(newest.kind(), newest.at().minus(ahead), newest.what()),
                (int) counted.stream().filter(ProbeOutcome::good).count(), counted.size(), rests);
    }
}
