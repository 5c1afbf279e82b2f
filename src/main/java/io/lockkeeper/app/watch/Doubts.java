package io.lockkeeper.app.watch;

import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.trigger.TriggerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The times in which this program itself was at fault. Each lasts to the next evaluation at least, so that no trigger misses it, and what
/// clients notice only afterwards still falls into it.
final class Doubts {
    /// What may last until something else ends it.
    enum Kind {
        OVERFLOW, NETWORK
    }

    private static final Duration AFTERMATH = TriggerSpec.EVERY;

    /// Older ones go first; those of the last hour are far fewer.
    private static final int MOST = 1_000;

    private final List<ObserverFault> over = new ArrayList<>();
    private final Map<Kind, ObserverFault> lasting = new EnumMap<>(Kind.class);

    void add(Instant from, Instant now, String why) {
        var fault = new ObserverFault(from, now.plus(AFTERMATH), why);
        var same = over.stream().filter(one -> one.why().equals(why) && one.touches(from, fault.to())).toList();
        over.removeAll(same);
        over.add(same.isEmpty()
                ? fault
                : ObserverFault.joined(Stream.concat(same.stream(), Stream.of(fault)).toList()).getFirst());
    }

    /// From `from` until [#end]. Where it is said more than once, the one that reaches back furthest counts, with its newest words: once a client is
    /// back, less is known of a cut that goes on.
    void begin(Kind kind, Instant from, String why) {
        lasting.merge(kind, new ObserverFault(from, Instant.MAX, why),
                (before, next) -> before.from().isBefore(next.from()) ? before : next);
    }

    void end(Kind kind, Instant now) {
        Optional.ofNullable(lasting.remove(kind)).ifPresent(fault -> add(fault.from(), now, fault.why()));
    }

    boolean lasting(Kind kind) {
        return lasting.containsKey(kind);
    }

    /// @param before what is over since then is of no use
    /// @param loss the oldest of clients that are out: what may explain it is remembered as long as it is
    void forget(Instant before, Instant loss) {
        over.removeIf(fault -> fault.to().isBefore(before) && fault.to().isBefore(loss));
        while (over.size() > MOST) {
            over.removeFirst();
        }
    }

    List<ObserverFault> all() {
        var all = new ArrayList<>(over);
        all.addAll(lasting.values());
        return all;
    }

    /// Those that ended between two times.
    List<ObserverFault> over(Instant from, Instant now) {
        return ObserverFault.joined(
                over.stream().filter(fault -> fault.to().isBefore(now) && !fault.to().isBefore(from)).toList());
    }

    /// The one that counts now: what lasts, else what lasts longest.
    Optional<ObserverFault> now(Instant now) {
        return all().stream().filter(fault -> !fault.from().isAfter(now) && !fault.to().isBefore(now))
                .max(Comparator.comparing(ObserverFault::to));
    }
}
