package io.lockkeeper.domain.observer;

import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Loss;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether losses are the fault of this computer's own network. Control targets decide where there are any that can be gone by; only without
/// them what clients, links and the service's own counts say together.
public final class SelfDoubt {
    /// Clients, clocks and threads are not exact.
    private static final Duration SLACK = Duration.ofSeconds(5);

    private SelfDoubt() {}

    public static Finding of(Circumstances known) {
        var out = known.out().stream().filter(SelfDoubt::troubled).toList();
        if (out.isEmpty()) {
            return new Finding.Sound("no client of ours is out");
        }
        return byControls(known, out).orElseGet(() -> new AllAtOnce(known, out).finding());
    }

    /// A cycler is out for a moment because it wants to be.
    private static boolean troubled(Episode episode) {
        return episode.loss().way() != Loss.Way.ON_PURPOSE || !episode.failed().isEmpty();
    }

    private static Optional<Finding> byControls(Circumstances known, List<Episode> out) {
        var proven = known.controls().stream().filter(control -> !control.unproven()).toList();
        if (proven.isEmpty()) {
            return Optional.empty();
        }
        int needed = Math.max(1, (proven.size() * known.failing() + 99) / 100);
        var silent = proven.stream().filter(Control::failing).map(Control::answered)
                .flatMap(answered -> Optional.ofNullable(answered).stream()).sorted().toList();
        if (silent.size() >= needed) {
            var since = silent.get(needed - 1);
            return discredited(known, out, since)
                    ? Optional.empty()
                    : Optional.of(new Finding.Fault(since, words(silent.size(), proven.size(), out.size())));
        }
        var loss = newest(out);
        long open = proven.stream().filter(control -> !control.failing())
                .filter(control -> control.failures() > 0 || !control.askedSince(loss)).count();
        return Optional.of(silent.size() + open >= needed
                ? new Finding.Unsure("control targets outside the service are being asked")
                : new Finding.Sound((proven.size() - silent.size()) + " of " + proven.size()
                        + " control targets outside the service answer"));
    }

    /// Clients that were still connected long after the control targets fell silent show that the network worked, and that those tell nothing.
    private static boolean discredited(Circumstances known, List<Episode> out, Instant since) {
        var connected = known.watched() > known.out().size() ? known.now() : newest(out);
        return connected.isAfter(since.plus(known.silence()).plus(known.rhythm()).plus(SLACK));
    }

    static Instant newest(List<Episode> out) {
        return out.stream().map(Episode::lostAt).max(Comparator.naturalOrder()).orElse(Instant.MIN);
    }

    private static String words(int silent, int all, int out) {
        return (silent == all
                ? all == 1
                        ? "the control target outside the service fails too"
                        : "all " + all + " control targets outside the service fail too"
                : silent + " of " + all + " control targets outside the service fail too")
                + ", while " + out + (out == 1 ? " client of ours is out" : " clients of ours are out");
    }
}
