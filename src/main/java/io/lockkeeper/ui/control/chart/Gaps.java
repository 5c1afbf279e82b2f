package io.lockkeeper.ui.control.chart;

import io.lockkeeper.app.signals.Points;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The times of which nothing was read, by any of the sources that a chart shows.
final class Gaps {
    private Gaps() {}

    /// @param to after `from`; both in milliseconds since 1970
    record Span(long from, long to) {}

    /// @param fresh for how many milliseconds a newest value stands for what is
    static List<Span> of(List<Points> sources, long from, long to, long fresh) {
        var known = new ArrayList<Span>();
        sources.forEach(points -> known(points, from, to, fresh, known));
        known.sort(Comparator.comparingLong(Span::from));
        var gaps = new ArrayList<Span>();
        long reached = from;
        for (var span : known) {
            if (span.from() > reached) {
                gaps.add(new Span(reached, span.from()));
            }
            reached = Math.max(reached, span.to());
        }
        if (reached < to) {
            gaps.add(new Span(reached, to));
        }
        return gaps;
    }

    private static void known(Points points, long from, long to, long fresh, List<Span> into) {
        int i = Math.max(0, points.firstFrom(from) - 1);
        while (i < points.size() && points.at(i) < to) {
            int last = i;
            while (last + 1 < points.size() && points.isJoined(last + 1)) {
                last++;
            }
            boolean goesOn = last + 1 == points.size() && !points.isLost() && points.at(last) + fresh >= to;
            long until = goesOn ? to : Math.min(to, points.at(last));
            if (until >= from) {
                into.add(new Span(Math.max(from, points.at(i)), until));
            }
            i = last + 1;
        }
    }
}
