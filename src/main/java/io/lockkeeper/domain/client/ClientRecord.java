package io.lockkeeper.domain.client;

import io.lockkeeper.domain.client.Episode.Attempt;
import io.lockkeeper.domain.client.Episode.Return;
import java.util.List;
import java.time.Instant;
import java.util.stream.Stream;

/// What became of clients of ours, as far as it is remembered: what signals are measured from.
public sealed interface ClientRecord permits Episodes, ClientRecord.Frozen {
    /// Of each client in the order of time, client by client.
    Stream<Episode> all();

    /// Episodes that were not over at that time, or were over after it.
    Stream<Episode> since(Instant at);

    /// Attempts that failed and were not the return of a client: first connections.
    Stream<Attempt> firstConnectionsFailed();

    Stream<Incident> incidents();

    /// First connections and returns, in no order of time among clients.
    Stream<Return> landings();

    Stream<Watch> watches();

    /// Clients that are meant to be connected now.
    long watched();

    /// Clients that are out now.
    long out();

    /// As it was at one moment; immutable.
    record Frozen(List<Episode> episodes, List<Attempt> failedFirst, List<Incident> happened, List<Return> landed,
            List<Watch> watching, long watched, long out) implements ClientRecord {
        /// Nothing was seen.
        public static final Frozen EMPTY = new Frozen(List.of(), List.of(), List.of(), List.of(), List.of(), 0, 0);

        public Frozen {
            episodes = List.copyOf(episodes);
            failedFirst = List.copyOf(failedFirst);
            happened = List.copyOf(happened);
            landed = List.copyOf(landed);
            watching = List.copyOf(watching);
        }

        @Override
        public Stream<Episode> all() {
            return episodes.stream();
        }

        @Override
        public Stream<Episode> since(Instant at) {
            return episodes.stream().filter(episode -> !episode.over().isBefore(at));
        }

        @Override
        public Stream<Attempt> firstConnectionsFailed() {
            return failedFirst.stream();
        }

        @Override
        public Stream<Incident> incidents() {
            return happened.stream();
        }

        @Override
        public Stream<Return> landings() {
            return landed.stream();
        }

        @Override
        public Stream<Watch> watches() {
            return watching.stream();
        }
    }
}
