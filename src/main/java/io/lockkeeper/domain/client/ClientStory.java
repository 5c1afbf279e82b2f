package io.lockkeeper.domain.client;

import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Episode.Attempt;
import io.lockkeeper.domain.client.Episode.Return;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one client, event by event. Every event has a meaning in every state:
///
/// | | unknown | connected | out | ended |
/// |---|---|---|---|---|
/// | Opened | connected | connected there | back, with nothing said of its session | connected |
/// | Lost | out, from nowhere known | out | said before | - |
/// | Failed | a first connection failed | a first connection failed | an attempt failed | a first connection failed |
/// | Back | connected | connected there | back | connected |
/// | Left | ended | ended | ended while out | - |
///
/// What a Back or a Gap says of messages and sessions counts in every state: it was seen.
final class ClientStory {
    private enum State {
        UNKNOWN, CONNECTED, OUT, ENDED
    }

    private final List<Episode> episodes = new ArrayList<>();
    private final List<Attempt> outside = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final List<Return> landings = new ArrayList<>();
    private final List<Attempt> failed = new ArrayList<>();
    private State state = State.UNKNOWN;
    private boolean attemptsMissing;
    private String node = "";
    private String version = "";

    ClientStory copy() {
        var copy = withoutPast(Instant.MIN);
        copy.episodes.addAll(0, episodes().subList(0, episodes.size() - copy.episodes.size()));
        copy.outside.addAll(outside);
        copy.incidents.addAll(incidents);
        copy.landings.addAll(landings);
        return copy;
    }

    /// Where it stands, as if watching had begun at `since`.
    ClientStory withoutPast(Instant since) {
        var bare = new ClientStory();
        bare.state = state;
        bare.node = node;
        bare.version = version;
        bare.failed.addAll(failed);
        if (state == State.OUT) {
            bare.episodes.add(episodes().getLast());
        }
        watches.stream().filter(watch -> watch.to().isAfter(since))
                .forEach(watch -> bare.watches
                        .add(watch.from().isBefore(since) ? new Watch(watch.role(), since, watch.to()) : watch));
        return bare;
    }

    void on(ClientEvent event, Collection<Planned> planned) {
        switch (event) {
            case ClientEvent.Opened opened ->
                landed(opened, new Return(opened.at(), opened.at(), opened.node(), opened.version(), Continuity.UNKNOWN));
            case ClientEvent.Lost lost -> lost(lost, planned);
            case ClientEvent.Failed attempt -> failed(new Attempt(attempt.begun(), attempt.at(), attempt.failure()));
            case ClientEvent.Back back ->
                landed(back, new Return(back.begun(), back.at(), back.node(), back.version(), back.continuity()));
            case ClientEvent.Gap gap -> messages(gap.client(), gap.at(), gap.at(), gap.lost(), gap.duplicated());
            case ClientEvent.Left left -> left(left.at());
        }
    }

    private void landed(ClientEvent event, Return there) {
        var from = there.at();
        if (state == State.OUT) {
            from = episodes.getLast().lostAt();
            settle(there, null);
        } else if (state != State.CONNECTED) {
            watches.add(new Watch(event.role(), there.at(), Instant.MAX));
        }
        landings.add(there);
        if (there.continuity().session() == SessionKept.LOST) {
            incidents.add(new Incident(event.client(), from, there.at(), Incident.Kind.SESSION, 1));
        }
        messages(event.client(), from, there.at(), there.continuity().lost(), there.continuity().duplicated());
        state = State.CONNECTED;
        node = there.node();
        version = there.version();
    }

    private void lost(ClientEvent.Lost lost, Collection<Planned> planned) {
        if (state == State.OUT || state == State.ENDED) {
            return;
        }
        if (state == State.UNKNOWN) {
            watches.add(new Watch(lost.role(), lost.at(), Instant.MAX));
        }
        failed.clear();
        episodes.add(new Episode(lost.client(), lost.role(), Scenario.of(lost.role(), lost.loss(), node, lost.at(), planned),
                Scenario.abnormal(lost.loss(), node, lost.at(), planned), lost.loss(), lost.at(), node, version, List.of(), null,
                null));
        state = State.OUT;
    }

    private void failed(Attempt attempt) {
        if (state != State.OUT) {
            outside.add(attempt);
            return;
        }
        failed.add(attempt);
        attemptsMissing = true; // a client may fail for hours: the episode is not made anew each time
    }

    private void left(Instant at) {
        if (state == State.OUT) {
            settle(null, at);
        }
        if (!watches.isEmpty() && state != State.ENDED) {
            var last = watches.removeLast();
            watches.add(new Watch(last.role(), last.from(), at));
        }
        state = State.ENDED;
    }

    private void settle(@Nullable Return there, @Nullable Instant left) {
        var open = episodes.removeLast();
        episodes.add(new Episode(open.client(), open.role(), open.scenario(), open.abnormal(), open.loss(), open.lostAt(),
                open.fromNode(), open.fromVersion(), failed, there, left));
        attemptsMissing = false;
    }

    private void messages(String client, Instant from, Instant at, long lost, long duplicated) {
        if (lost > 0) {
            incidents.add(new Incident(client, from, at, Incident.Kind.LOST, lost));
        }
        if (duplicated > 0) {
            incidents.add(new Incident(client, from, at, Incident.Kind.DUPLICATED, duplicated));
        }
    }

    boolean out() {
        return state == State.OUT;
    }

    boolean watched() {
        return state == State.CONNECTED || state == State.OUT;
    }

    List<Episode> episodes() {
        if (attemptsMissing) {
            settle(null, null);
        }
        return episodes;
    }

    List<Attempt> outside() {
        return outside;
    }

    List<Incident> incidents() {
        return incidents;
    }

    List<Watch> watches() {
        return watches;
    }

    List<Return> landings() {
        return landings;
    }
}
