package io.lockkeeper.domain.client;

import java.time.Instant;

/// One thing that happened to one client of ours.
///
/// `at` is taken where the event was noticed, before any work is done for it: the wall time at which the fleet began plus the monotonic time
/// since, so that the time between two events is a true duration whatever became of the wall clock. Events of one client come in order;
/// those of different clients may come late by some milliseconds. No token is in any of them.
public sealed interface ClientEvent {
    /// A name of ours, e.g. `sentinel-3`; never a session id or a token.
    String client();

    ClientRole role();

    Instant at();

    /// The first session.
    ///
    /// @param node as the service names it; empty where it does not say
    /// @param version of the service, as it says; empty where it does not
    record Opened(String client, ClientRole role, Instant at, String node, String version) implements ClientEvent {}

    /// The connection is over; the client tries to come back from now on.
    record Lost(String client, ClientRole role, Instant at, Loss loss) implements ClientEvent {}

    /// One attempt that failed, of a first connection or of a return.
    ///
    /// @param meant when the backoff wanted it to begin
    /// @param begun when it began
    record Failed(String client, ClientRole role, Instant at, Instant meant, Instant begun,
            Failure failure) implements ClientEvent {}

    /// The client has a session again.
    ///
    /// @param begun when the attempt that succeeded began
    record Back(String client, ClientRole role, Instant at, Instant begun, String node, String version, Continuity continuity)
            implements
                ClientEvent {}

    /// Messages of an open connection were missing, or came twice.
    record Gap(String client, ClientRole role, Instant at, long lost, long duplicated) implements ClientEvent {}

    /// The client was ended on purpose and will not come back: no loss.
    record Left(String client, ClientRole role, Instant at) implements ClientEvent {}
}
