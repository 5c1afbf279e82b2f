package io.lockkeeper.ui.control.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The moment that is pointed at. Charts that share one show the values of the same moment.
public final class Crosshair {
    private final List<Runnable> followers = new ArrayList<>();
    private @Nullable Instant at;

    Optional<Instant> at() {
        return Optional.ofNullable(at);
    }

    /// @param next `null` when nothing is pointed at
    void point(@Nullable Instant next) {
        at = next;
        followers.forEach(Runnable::run);
    }

    /// For as long as the cross-hair itself is used: both belong to one screen.
    void follow(Runnable follower) {
        followers.add(follower);
    }
}
