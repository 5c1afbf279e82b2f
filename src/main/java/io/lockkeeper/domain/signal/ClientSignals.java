package io.lockkeeper.domain.signal;

import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Incident;
import io.lockkeeper.domain.client.Scenario;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// What the clients of ours say of the service. A window without samples is no data: never 100 %, never zero.
public interface ClientSignals {
    /// `reconnect.success`
    Success success(Success.By by, Window window);

    /// `reconnect.time`
    ///
    /// @param of which returns count
    ReturnTimes times(Scenario scenario, Window window, Predicate<Episode> of);

    /// `connect.failures`
    Failures failures(Window window);

    /// `session.continuity`, `messages.lost`, `messages.duplicated`
    Kept kept(Window window);

    /// `availability`
    Availability availability(Window window);

    /// Node by node: those at which anything happened, by name.
    List<AtNode> nodes(Window window);

    /// `clients.disconnected`: connected clients among those that should be, now.
    Ratio connected();

    /// Recoveries from losses that nobody asked for, in the order in which they settled: after `since`, up to `until`.
    List<Recovery> recoveries(Instant since, Instant until);

    /// What was lost or came twice, in the order of time; without what the observer's own faults explain.
    List<Incident> incidents();

    /// One way in which a recovery settled. A client that stays out fails again every 30 s.
    record Recovery(String client, Instant at, boolean good) {}
}
