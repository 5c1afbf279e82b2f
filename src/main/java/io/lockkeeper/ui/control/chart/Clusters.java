package io.lockkeeper.ui.control.chart;

import io.lockkeeper.app.signals.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Marks that come to lie on the same few pixels, as one line.
final class Clusters {
    static final int TOGETHER = 3; // columns
    private static final Comparator<Mark> WEIGHT = Comparator.comparing(Mark::kind);

    private Clusters() {}

    /// @param column of its line
    /// @param marks oldest first, at least one
    record Cluster(int column, List<Mark> marks) {
        Mark loudest() {
            return marks.stream().max(WEIGHT).orElseThrow();
        }

        /// What matters most of it, and how much more there is; empty where only steps ended well.
        String words() {
            long spoken = marks.stream().filter(mark -> mark.kind() != Mark.Kind.ENDED).count();
            return spoken == 0 ? "" : loudest().words() + (spoken > 1 ? " +" + (spoken - 1) : "");
        }
    }

    static List<Cluster> of(List<Mark> marks, TimeScale time) {
        var clusters = new ArrayList<Cluster>();
        for (var mark : marks) {
            int column = time.column(mark.at().toEpochMilli());
            if (column < 0 || column >= time.columns()) {
                continue;
            }
            if (!clusters.isEmpty() && column - clusters.getLast().column() < TOGETHER) {
                clusters.getLast().marks().add(mark);
            } else {
                clusters.add(new Cluster(column, new ArrayList<>(List.of(mark))));
            }
        }
        return clusters;
    }
}
