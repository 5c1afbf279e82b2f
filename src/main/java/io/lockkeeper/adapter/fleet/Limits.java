package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.environment.ClientsSpec;
import io.lockkeeper.domain.environment.ClientsSpec.Heartbeat;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How long things may take, in nanoseconds.
///
/// @param beat from one heartbeat to the next; 0 where there is none
/// @param cycle from one close on purpose to the next, of one cycler
/// @param goodbye for the peer's answer to a close
record Limits(long handshake, long message, long silence, long beat, long cycle, long goodbye) {
    static final Duration GOODBYE = Duration.ofSeconds(2);

    static Limits of(ClientsSpec spec) {
        long beat = switch (spec.heartbeat()) {
            case Heartbeat.Ping(var every) -> every.toNanos();
            case Heartbeat.Text(_, var every) -> every.toNanos();
            case Heartbeat.None() -> 0;
        };
        long cycle = TimeUnit.MINUTES.toNanos(1) * Math.max(1, spec.cyclers()) / spec.cyclesPerMinute();
        return new Limits(spec.handshakeLimit().toNanos(), spec.messageLimit().toNanos(), spec.silence().toNanos(), beat, cycle,
                GOODBYE.toNanos());
    }
}
