package io.lockkeeper.domain.signal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// A time in which the observer itself was at fault: its own network, its clock, its own loop. What was seen then says nothing of the service.
///
/// @param to [Instant#MAX] while it goes on
/// @param why in words, e.g. `all links dropped at once while the servers' counts stayed`
public record ObserverFault(Instant from, Instant to, String why) {
    public boolean touches(Instant begin, Instant end) {
        return !from.isAfter(end) && !to.isBefore(begin);
    }

    /// The oldest first; those that touch and have the same reason are one.
    public static List<ObserverFault> joined(Collection<ObserverFault> faults) {
        var joined = new ArrayList<ObserverFault>();
        for (var fault : faults.stream().sorted(Comparator.comparing(ObserverFault::from)).toList()) {
            var same = joined.stream().filter(one -> one.why().equals(fault.why()) && one.touches(fault.from(), fault.to()))
                    .findFirst();
            same.ifPresentOrElse(one -> joined.set(joined.indexOf(one), one.until(fault.to())), () -> joined.add(fault));
        }
        return joined;
    }

    private ObserverFault until(Instant other) {
        return to.isBefore(other) ? new ObserverFault(from, other, why) : this;
    }

    /// As they are known at one moment, the oldest first: one that is not over then goes on, whatever is expected of it.
    public static List<ObserverFault> known(Collection<ObserverFault> faults, Instant now) {
        return joined(faults.stream().map(fault -> fault.to().isAfter(now) ? fault.until(Instant.MAX) : fault).toList());
    }

    public boolean goesOn() {
        return to.equals(Instant.MAX);
    }
}
