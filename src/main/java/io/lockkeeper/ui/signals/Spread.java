package io.lockkeeper.ui.signals;

import io.lockkeeper.app.signals.Points;
import java.time.Duration;

/// Between what a value moved of late. Two counts of the same thing are read at different moments, and while clients come and go they are never
/// equal: they differ when nothing that one of them said of late could be what the other one said.
record Spread(double least, double most) {
    static final Spread NOTHING = new Spread(0, 0);
    static final Duration LATE = Duration.ofSeconds(5);

    /// @param points at least one
    static Spread of(Points points) {
        double least = points.value(points.size() - 1);
        double most = least;
        for (int i = points.firstFrom(points.at(points.size() - 1) - LATE.toMillis()); i < points.size(); i++) {
            least = Math.min(least, points.value(i));
            most = Math.max(most, points.value(i));
        }
        return new Spread(least, most);
    }

    Spread plus(Spread other) {
        return new Spread(least + other.least, most + other.most);
    }

    boolean isApartFrom(Spread other) {
        return Math.round(least) > Math.round(other.most) || Math.round(other.least) > Math.round(most);
    }
}
