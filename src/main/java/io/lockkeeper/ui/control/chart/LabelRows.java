package io.lockkeeper.ui.control.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Places for labels beside vertical lines, in a few rows, so that none covers another. What matters most gets its place first; of equals
/// the one further right, which is the newer. A label without room is left out: its line stays.
final class LabelRows {
    private static final double AWAY = 3; // of its line

    private LabelRows() {}

    /// @param x of its line
    /// @param weight what matters most is the greatest
    record Wish(double x, double width, int weight) {}

    /// @param wish its place in the list of wishes
    /// @param x of its left edge
    record Place(int wish, double x, int row) {
        boolean meets(Place other, double width, double widthOfOther) {
            return row == other.row && x < other.x + widthOfOther + AWAY && other.x < x + width + AWAY;
        }
    }

    static List<Place> of(List<Wish> wishes, double width, int rows) {
        var placed = new ArrayList<Place>();
        IntStream.range(0, wishes.size()).boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> -wishes.get(i).weight())
                        .thenComparingDouble(i -> -wishes.get(i).x()))
                .forEach(i -> place(i, wishes, placed, width, rows).ifPresent(placed::add));
        return placed;
    }

    private static Optional<Place> place(int wish, List<Wish> wishes, List<Place> placed, double width, int rows) {
        var wanted = wishes.get(wish);
        double right = wanted.x() + AWAY;
        double left = wanted.x() - AWAY - wanted.width();
        return IntStream.range(0, rows).boxed()
                .flatMap(row -> List.of(new Place(wish, right, row), new Place(wish, left, row)).stream())
                .filter(place -> place.x() >= 0 && place.x() + wanted.width() <= width)
                .filter(place -> placed.stream().noneMatch(other -> place.meets(other, wanted.width(), wishes.get(other.wish())
                        .width())))
                .findFirst();
    }
}
