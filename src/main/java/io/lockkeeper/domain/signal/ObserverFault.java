package io.lockkeeper.domain.signal;

import java.time.Instant;

/// A time in which the observer itself was at fault: its own network, its clock, its own loop. What was seen then says nothing of the service.
///
/// @param to [Instant#MAX] while it goes on
/// @param why in words, e.g. `all links dropped at once while the servers' counts stayed`
public record ObserverFault(Instant from, Instant to, String why) {
    boolean touches(Instant begin, Instant end) {
        return !from.isAfter(end) && !to.isBefore(begin);
    }
}
