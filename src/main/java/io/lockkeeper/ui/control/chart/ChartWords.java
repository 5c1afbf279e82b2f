package io.lockkeeper.ui.control.chart;

import io.lockkeeper.app.signals.Points;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.ui.control.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/// A chart in words: its legend, what is read off it at a moment, and what it says to whoever does not see it.
final class ChartWords {
    private ChartWords() {}

    /// @param old whether it must not be taken for what is
    record Said(String words, boolean old) {}

    /// A value never stands without its age.
    static Said newest(Line line, Instant now) {
        return newest(line, now, ValueScale::words);
    }

    static Said readiness(Line line, Instant now) {
        return newest(line, now, value -> value > 0 ? "yes" : "NO");
    }

    private static Said newest(Line line, Instant now, DoubleFunction<String> words) {
        var points = line.points();
        var at = points.newestAt();
        if (at.isEmpty()) {
            return new Said(line.name() + ": never read", true);
        }
        boolean fresh = points.isFresh(now, Fleet.FRESH);
        return new Said(line.name() + " " + words.apply(points.value(points.size() - 1)) + ", " + Words.age(at.get(), now)
                + (fresh ? "" : " OLD"), !fresh);
    }

    /// The reading nearest to a moment; empty where the moment lies in a gap.
    static OptionalDouble at(Points points, long moment) {
        int next = points.firstFrom(moment);
        if (next < points.size() && points.at(next) == moment) {
            return OptionalDouble.of(points.value(next));
        }
        boolean between = next > 0 && next < points.size() && points.isJoined(next);
        if (between) {
            boolean nearer = points.at(next) - moment < moment - points.at(next - 1);
            return OptionalDouble.of(points.value(nearer ? next : next - 1));
        }
        boolean standsYet = next > 0 && next == points.size() && !points.isLost()
                && moment - points.at(next - 1) <= Fleet.FRESH.toMillis();
        return standsYet ? OptionalDouble.of(points.value(next - 1)) : OptionalDouble.empty();
    }

    /// What is read off at a moment, a line each.
    static List<String> at(ChartFrame frame, Instant moment) {
        var words = new ArrayList<String>();
        words.add(Words.time(moment));
        for (int place = 0; place < frame.lines().size(); place++) {
            var line = frame.lines().get(place);
            var value = at(line.points(), moment.toEpochMilli());
            words.add(Shape.at(place).sign() + " " + line.name() + " "
                    + (value.isPresent() ? ValueScale.words(value.getAsDouble()) : "not read"));
        }
        var readiness = frame.readiness();
        if (readiness != null) {
            var ready = at(readiness.points(), moment.toEpochMilli());
            words.add(readiness.name() + " " + (ready.isEmpty() ? "not told" : ready.getAsDouble() > 0 ? "yes" : "NO"));
        }
        return words;
    }

    /// The values alone, for charts beside the one that is pointed at.
    static String shortly(ChartFrame frame, Instant moment) {
        var words = new ArrayList<String>();
        for (int place = 0; place < frame.lines().size(); place++) {
            var value = at(frame.lines().get(place).points(), moment.toEpochMilli());
            words.add(Shape.at(place).sign() + " " + (value.isPresent() ? ValueScale.words(value.getAsDouble()) : "?"));
        }
        return String.join("  ", words);
    }

    /// Title, span, every line with its newest value, its range and the number of its gaps, and how many marks there are.
    static String spoken(String title, ChartFrame frame) {
        var words = new ArrayList<String>();
        long from = frame.now().minus(frame.span()).toEpochMilli();
        words.add(title + ", last " + frame.span().toMinutes() + " min");
        for (var line : frame.lines()) {
            words.add(newest(line, frame.now()).words() + range(line.points(), from));
        }
        var readiness = frame.readiness();
        if (readiness != null) {
            words.add(readiness(readiness, frame.now()).words());
        }
        var limit = frame.limit();
        if (limit != null) {
            words.add(limit.words());
        }
        long marks = frame.marks().stream().filter(mark -> mark.at().toEpochMilli() >= from).count();
        if (marks > 0) {
            words.add(marks == 1 ? "1 mark" : marks + " marks");
        }
        return String.join("; ", words);
    }

    private static String range(Points points, long from) {
        int first = points.firstFrom(from);
        if (first == points.size()) {
            return "";
        }
        double low = points.value(first);
        double high = low;
        int gaps = 0;
        for (int i = first + 1; i < points.size(); i++) {
            low = Math.min(low, points.value(i));
            high = Math.max(high, points.value(i));
            gaps += points.isJoined(i) ? 0 : 1;
        }
        return " (between " + ValueScale.words(low) + " and " + ValueScale.words(high)
                + (gaps == 0 ? "" : gaps == 1 ? ", 1 gap" : ", " + gaps + " gaps") + ")";
    }
}
