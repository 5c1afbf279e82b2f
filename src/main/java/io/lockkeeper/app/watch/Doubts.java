package io.lockkeeper.app.watch;

import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.trigger.TriggerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The times in which this program itself was at fault. Each lasts to the next evaluation at least, so that no trigger misses it, and what
/// clients notice only afterwards still falls into it.
final class Doubts {
    private static final Duration AFTERMATH = TriggerSpec.EVERY;

    private final List<ObserverFault> over = new ArrayList<>();
    private @Nullable ObserverFault lasting;

    void add(Instant from, Instant now, String why) {
        over.add(new ObserverFault(from, now.plus(AFTERMATH), why));
    }

    /// From `from` until [#end].
    void begin(Instant from, String why) {
        var before = lasting;
        lasting = new ObserverFault(before == null || from.isBefore(before.from()) ? from : before.from(), Instant.MAX, why);
    }

    void end(Instant now) {
        Optional.ofNullable(lasting).ifPresent(fault -> add(fault.from(), now, fault.why()));
        lasting = null;
    }

    boolean lasting() {
        return lasting != null;
    }

    void forget(Instant before) {
        over.removeIf(fault -> fault.to().isBefore(before));
    }

    List<ObserverFault> all() {
        var all = new ArrayList<>(over);
        Optional.ofNullable(lasting).ifPresent(all::add);
        return all;
    }
}
