package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.Planned;
import io.lockkeeper.domain.signal.ObserverFault;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What was met by our clients, and what else triggers go by; in no order.
public record Recording(List<ClientEvent> events, List<Planned> planned, List<ObserverFault> faults, List<NodeStarted> started,
        List<Baseline> baselines, List<Report> reports, List<Acknowledged> acknowledged, List<Compared> compared) {
    /// The process of a node came up.
    public record NodeStarted(Instant at, String node) {}

    /// Somebody took note of a trigger that had fired.
    public record Acknowledged(Instant at, String trigger, String actor) {}

    /// From then on clients are compared on two versions.
    public record Compared(Instant at, String from, String to) {}

    public Recording {
        events = List.copyOf(events);
        planned = List.copyOf(planned);
        faults = List.copyOf(faults);
        started = List.copyOf(started);
        baselines = List.copyOf(baselines);
        reports = List.copyOf(reports);
        acknowledged = List.copyOf(acknowledged);
        compared = List.copyOf(compared);
    }

    /// When it begins; the end of time for a recording without events.
    public Instant first() {
        return events.stream().map(ClientEvent::at).min(Comparator.naturalOrder()).orElse(Instant.MAX);
    }

    /// When the last thing happened that can change a trigger; the end of time for a recording without events.
    public Instant last() {
        var other = Stream.concat(reports.stream().map(Report::at), acknowledged.stream().map(Acknowledged::at));
        return Stream.concat(events.stream().map(ClientEvent::at), other).max(Comparator.naturalOrder()).orElse(Instant.MAX);
    }
}
