package io.lockkeeper.app.watch;

import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.signal.Window;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A fault of Lockkeeper itself is found later than it begins. What was measured in between, and is not known to be void yet, is taken out of the
/// history; until that takes it, it is offered again.
final class Hindsight {
    private final Past past;
    private List<ObserverFault> known = List.of();
    private @Nullable Window owed;

    Hindsight(Past past) {
        this.past = past;
    }

    /// @param measured when something was last measured
    /// @return from when on what was measured until then says nothing; empty where nothing has come to light
    Optional<Instant> look(List<ObserverFault> faults, Instant measured) {
        var since = faults.stream().filter(fault -> !fault.from().isAfter(measured) && !isKnown(fault, measured))
                .map(ObserverFault::from).min(Comparator.naturalOrder());
        known = List.copyOf(faults);
        return since;
    }

    private boolean isKnown(ObserverFault fault, Instant measured) {
        var reached = fault.to().isBefore(measured) ? fault.to() : measured;
        return known.stream().anyMatch(one -> !one.from().isAfter(fault.from()) && !one.to().isBefore(reached));
    }

    /// @param wall in wall time
    void retract(Window wall) {
        var before = owed;
        owed = before == null
                ? wall
                : new Window(before.from().isBefore(wall.from()) ? before.from() : wall.from(),
                        before.to().isAfter(wall.to()) ? before.to() : wall.to());
    }

    void pay() {
        var one = owed;
        if (one != null && past.retract(one.from(), one.to())) {
            owed = null;
        }
    }
}
