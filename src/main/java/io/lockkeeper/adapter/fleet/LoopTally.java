package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.client.FleetReading.Spread;
import io.lockkeeper.domain.client.Loss;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// What the clients of one loop have met, without its probes. Written by its loop only; others get a copy.
final class LoopTally {
    private static final int DIGITS = 3;
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(24);

    private final Map<Loss, Long> losses = new HashMap<>();
    private final Map<Failure, Long> failures = new HashMap<>();
    private final Histogram outages = histogram();
    private final Histogram cycles = histogram();
    private final Histogram lag = histogram();
    private int clients;
    private int connected;
    private int out;
    private long longestOut;
    private long opened;
    private long back;
    private long kept;
    private long lostSessions;
    private long unknownSessions;
    private long lostMessages;
    private long duplicatedMessages;

    /// It grows with what it is given: the copies that readers ask for are made on the loop.
    private static Histogram histogram() {
        return new Histogram(DIGITS);
    }

    void add(ClientEvent event) {
        if (event.role() == ClientRole.PROBE) {
            return;
        }
        switch (event) {
            case ClientEvent.Opened _ -> {
                opened++;
                connected++;
            }
            case ClientEvent.Lost lost -> {
                losses.merge(lost.loss(), 1L, Long::sum);
                connected--;
                out++;
            }
            case ClientEvent.Failed failed -> failures.merge(failed.failure(), 1L, Long::sum);
            case ClientEvent.Back returned -> {
                back++;
                connected++;
                out--;
                add(returned.continuity());
            }
            case ClientEvent.Gap gap -> {
                lostMessages += gap.lost();
                duplicatedMessages += gap.duplicated();
            }
            case ClientEvent.Left _ -> {
                // the loop says what it was before
            }
        }
    }

    private void add(Continuity continuity) {
        switch (continuity.session()) {
            case SAME -> kept++;
            case LOST -> lostSessions++;
            case UNKNOWN -> unknownSessions++;
        }
        lostMessages += continuity.lost();
        duplicatedMessages += continuity.duplicated();
    }

    void left(boolean wasConnected, boolean wasOut) {
        connected -= wasConnected ? 1 : 0;
        out -= wasOut ? 1 : 0;
    }

    void outage(long nanos, boolean onPurpose) {
        record(onPurpose ? cycles : outages, nanos);
    }

    void late(long nanos) {
        record(lag, nanos);
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS));
    }

    /// @param own how many clients the loop has
    /// @param longest nanoseconds for which the client has been out that has been out longest
    LoopTally copy(int own, long longest) {
        var copy = new LoopTally();
        copy.clients = own;
        copy.longestOut = longest;
        copy.include(this);
        return copy;
    }

    void include(LoopTally other) {
        other.losses.forEach((loss, count) -> losses.merge(loss, count, Long::sum));
        other.failures.forEach((failure, count) -> failures.merge(failure, count, Long::sum));
        outages.add(other.outages);
        cycles.add(other.cycles);
        lag.add(other.lag);
        clients += other.clients;
        connected += other.connected;
        out += other.out;
        longestOut = Math.max(longestOut, other.longestOut);
        opened += other.opened;
        back += other.back;
        kept += other.kept;
        lostSessions += other.lostSessions;
        unknownSessions += other.unknownSessions;
        lostMessages += other.lostMessages;
        duplicatedMessages += other.duplicatedMessages;
    }

    FleetReading reading() {
        return new FleetReading(clients, connected, out, Duration.ofNanos(longestOut), opened, losses, failures, back, kept,
                lostSessions, unknownSessions, lostMessages, duplicatedMessages, spread(outages), spread(cycles), spread(lag));
    }

    private static Spread spread(Histogram histogram) {
        return histogram.getTotalCount() == 0
                ? Spread.NONE
                : new Spread(histogram.getTotalCount(), at(histogram, 50), at(histogram, 95), at(histogram, 99),
                        at(histogram, 100));
    }

    private static Duration at(Histogram histogram, double percent) {
        return Duration.of(histogram.getValueAtPercentile(percent), ChronoUnit.MICROS);
    }
}
