package io.lockkeeper.domain.client;

import io.lockkeeper.domain.client.Episode.Attempt;
import io.lockkeeper.domain.client.Episode.Return;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// What the events of all clients amount to. It grows with every event and is the same for the same events whatever their order and however
/// often each comes; only events of one client at the very same instant count in the order they came in. No event is an error.
///
/// Those of probes are passed over: users meet nothing that a probe of one node meets. [#ofProbes] is about these, and about nobody else.
///
/// For one thread. Everything it gives out is immutable; streams are read before the next event.
public final class Episodes implements ClientRecord {
    private final Map<String, ClientHistory> clients = new TreeMap<>();
    private final List<Planned> planned = new ArrayList<>();
    private final boolean probes;

    /// Of clients that come as users do.
    public Episodes() {
        this(false);
    }

    private Episodes(boolean probes) {
        this.probes = probes;
    }

    /// Of probes of single nodes alone, for the trail: nothing is measured from them.
    public static Episodes ofProbes() {
        return new Episodes(true);
    }

    /// Adds one event.
    public Episodes on(ClientEvent event) {
        if ((event.role() == ClientRole.PROBE) != probes) {
            return this;
        }
        clients.computeIfAbsent(event.client(), _ -> new ClientHistory()).on(event, planned);
        return this;
    }

    /// Adds what a run of ours does, in place of what was said of the same beginning before. Losses that were heard of already are told anew.
    public Episodes on(Planned work) {
        planned.removeIf(one -> one.node().equals(work.node()) && one.from().equals(work.from()) && one.work() == work.work());
        planned.add(work);
        clients.values().forEach(ClientHistory::tellAgain);
        return this;
    }

    /// Drops what was over before that time, so that a fleet can be watched for weeks. Later events from before it are passed over where they
    /// would change what was dropped.
    public void forget(Instant before) {
        clients.values().forEach(history -> history.forget(before, planned));
        planned.removeIf(one -> one.to().isBefore(before) && all().noneMatch(episode -> episode.lostAt().isBefore(before)));
    }

    @Override
    public Stream<Episode> all() {
        return each(ClientStory::episodes);
    }

    /// Cheaper than looking at all of them.
    @Override
    public Stream<Episode> since(Instant at) {
        return clients.values().stream().flatMap(history -> tail(history.story(planned).episodes(), at).stream());
    }

    private static List<Episode> tail(List<Episode> episodes, Instant at) {
        int first = episodes.size();
        while (first > 0 && !episodes.get(first - 1).over().isBefore(at)) {
            first--;
        }
        return episodes.subList(first, episodes.size());
    }

    @Override
    public Stream<Attempt> firstConnectionsFailed() {
        return each(ClientStory::outside);
    }

    @Override
    public Stream<Incident> incidents() {
        return each(ClientStory::incidents);
    }

    @Override
    public Stream<Return> landings() {
        return each(ClientStory::landings);
    }

    @Override
    public Stream<Watch> watches() {
        return each(ClientStory::watches);
    }

    @Override
    public long watched() {
        return clients.values().stream().filter(history -> history.story(planned).watched()).count();
    }

    @Override
    public long out() {
        return clients.values().stream().filter(history -> history.story(planned).out()).count();
    }

    /// What is remembered now, for whoever looks at it later or on another thread.
    public Frozen frozen() {
        return new Frozen(all().toList(), firstConnectionsFailed().toList(), incidents().toList(), landings().toList(),
                watches().toList(), watched(), out());
    }

    private <T> Stream<T> each(Function<ClientStory, List<T>> part) {
        return clients.values().stream().flatMap(history -> part.apply(history.story(planned)).stream());
    }
}
