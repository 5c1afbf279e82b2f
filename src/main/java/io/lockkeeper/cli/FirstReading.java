package io.lockkeeper.cli;

import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.metrics.SourceReading;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Waits until every endpoint was tried once: what is said, and what a run is prepared on, is what is known and not what has not been
/// asked yet.
final class FirstReading {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private FirstReading() {}

    static Snapshot of(EnvironmentAccess access) throws InterruptedException {
        var news = new LinkedBlockingQueue<Snapshot>();
        try (var _ = access.watch(news::add)) {
            var until = System.nanoTime() + LONGEST.toNanos();
            while (System.nanoTime() < until) {
                var snapshot = news.poll(200, TimeUnit.MILLISECONDS);
                if (snapshot != null && isComplete(snapshot)) {
                    return snapshot;
                }
            }
        }
        return access.snapshot();
    }

    /// A link goes live a moment before its first reading arrives.
    static boolean isComplete(Snapshot snapshot) {
        var live = snapshot.links().stream().filter(link -> link.state() instanceof LinkState.Live).map(link -> link.name())
                .collect(Collectors.toSet());
        return !snapshot.links().isEmpty() && snapshot.links().stream().allMatch(link -> isTried(link.state()))
                && snapshot.fleet().balancers().entrySet().stream().filter(one -> live.contains("balancer " + one.getKey()))
                        .map(Map.Entry::getValue).allMatch(FirstReading::isRead)
                && snapshot.fleet().views().entrySet().stream().filter(one -> live.contains("node " + one.getKey()))
                        .map(Map.Entry::getValue).allMatch(FirstReading::isRead)
                && (snapshot.metrics() == null || snapshot.metrics().readings().stream()
                        .filter(one -> live.contains("metrics " + one.source() + (one.node() == null ? "" : " " + one.node())))
                        .noneMatch(one -> one.datum().equals(SourceReading.NOT_YET)));
    }

    private static boolean isTried(LinkState state) {
        return !(state instanceof LinkState.Offline) && (!(state instanceof LinkState.Connecting) || state.lost().isPresent());
    }

    private static boolean isRead(Sight<?> sight) {
        return sight.readAt().isPresent();
    }
}
