package io.lockkeeper.ui.control.chart;

import io.lockkeeper.app.signals.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a chart shows at one moment.
///
/// @param span how far back it reaches from `now`
/// @param since when watching began: before it nothing is missing, for nobody looked
/// @param lines at most three; the first is the one that counts
/// @param readiness drawn as a strip along the axis: 1 good, 0 not
/// @param highest what the axis has to reach at least, e.g. the same for charts that are compared
public record ChartFrame(Instant now, Duration span, Instant since, List<Line> lines, @Nullable Line readiness,
        @Nullable Limit limit, List<Mark> marks, double highest) {
    public static final int MOST_LINES = 3;

    public ChartFrame {
        if (lines.isEmpty() || lines.size() > MOST_LINES) {
            throw new IllegalArgumentException(lines.size() + " lines in one chart");
        }
        lines = List.copyOf(lines);
    }
}
