package io.lockkeeper.ui.control.chart;

import io.lockkeeper.domain.fleet.Fleet;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The canvas of a chart. It is painted again only when something on it is other than it was; the cross-hair lies on a canvas of its own.
final class Plot extends Region {
    private static final double SMALLEST = 40;
    private static final int LABEL_ROWS = 3;
    private static final int STRIDE = 5; // columns that an arrow key goes
    private static final int ROWS_OF_VALUES = 2; // of text, that a value on the axis takes

    /// What the picture depends on.
    private record Key(Plane plane, ChartFrame frame, List<Boolean> fresh) {
        static Key of(Plane plane, ChartFrame frame) {
            var still = new ChartFrame(Instant.EPOCH, frame.span(), frame.since(), frame.lines(), frame.readiness(),
                    frame.limit(),
                    frame.marks(), frame.highest());
            return new Key(plane, still,
                    frame.lines().stream().map(line -> line.points().isFresh(frame.now(), Fleet.FRESH)).toList());
        }
    }

    private final String title;
    private final Canvas canvas = new Canvas();
    private final Canvas overlay = new Canvas();
    private final Ink ink = new Ink(this::repaint);
    private final Crosshair crosshair;
    private final boolean labelled;
    private Lettering letters = new Lettering(ink.getFont());
    private @Nullable ChartFrame frame;
    private @Nullable Key painted;

    /// @param labelled whether the marks are written out above the curves
    Plot(String title, boolean labelled, Crosshair crosshair) {
        this.title = title;
        this.labelled = labelled;
        this.crosshair = crosshair;
        getStyleClass().add("plot");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(true);
        overlay.setMouseTransparent(true);
        getChildren().addAll(ink, canvas, overlay);
        setOnMouseMoved(event -> point(event.getX()));
        setOnMouseExited(_ -> crosshair.point(null));
        setOnKeyPressed(this::key);
        focusedProperty().addListener((_, _, focused) -> {
            if (!focused) {
                crosshair.point(null);
            }
        });
        crosshair.follow(this::paintOverlay);
    }

    Crosshair crosshair() {
        return crosshair;
    }

    void show(ChartFrame next) {
        frame = next;
        paint();
    }

    private void repaint() {
        painted = null;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = Math.floor(getWidth());
        double height = Math.floor(getHeight());
        if (canvas.getWidth() != width || canvas.getHeight() != height) {
            canvas.setWidth(width);
            canvas.setHeight(height);
            overlay.setWidth(width);
            overlay.setHeight(height);
            painted = null;
        }
        paint();
    }

    private Optional<Plane> plane(ChartFrame of) {
        var letters = letters();
        double line = letters.height();
        double left = letters.width("88,888") + 10;
        double top = rows(of) == 0 ? line / 2 + 2 : LABEL_ROWS * line + 8;
        double strip = of.readiness() == null ? 0 : StripPainter.HEIGHT + 3;
        double height = canvas.getHeight() - top - line - 4 - strip;
        int columns = (int) (canvas.getWidth() - left - 10);
        if (columns < SMALLEST || height < SMALLEST / 2) {
            return Optional.empty();
        }
        int most = (int) Math.max(1, height / (line * ROWS_OF_VALUES));
        return Optional.of(new Plane(left, top, height, TimeScale.endingAt(of.now(), of.span(), columns),
                ValueScale.reaching(highest(of), most)));
    }

    private int rows(ChartFrame of) {
        var from = of.now().minus(of.span());
        return labelled && of.marks().stream().anyMatch(mark -> mark.at().isAfter(from)) ? LABEL_ROWS : 0;
    }

    /// With some room above, so that no curve is hidden by the upper edge.
    private static double highest(ChartFrame of) {
        double highest = of.highest();
        for (var line : of.lines()) {
            var points = line.points();
            for (int i = points.firstFrom(of.now().minus(of.span()).toEpochMilli()); i < points.size(); i++) {
                highest = Math.max(highest, points.value(i));
            }
        }
        var limit = of.limit();
        return Math.max(highest, limit == null ? 1 : limit.value()) * 1.05;
    }

    private Lettering letters() {
        if (!letters.font().equals(ink.getFont())) {
            letters = new Lettering(ink.getFont());
        }
        return letters;
    }

    private void paint() {
        var current = frame;
        if (current == null) {
            return;
        }
        var plane = plane(current).orElse(null);
        if (plane == null) {
            return;
        }
        var key = Key.of(plane, current);
        if (key.equals(painted)) {
            return;
        }
        painted = key;
        var to = canvas.getGraphicsContext2D();
        to.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        var pen = new Pen(to, ink, letters());
        var ground = new GroundPainter(pen, plane, ZoneId.systemDefault());
        ground.paint(current);
        new MarkPainter(pen, plane).paint(current.marks(), rows(current));
        var limit = current.limit();
        if (limit != null) {
            ground.limit(limit);
        }
        var lines = new LinePainter(pen, plane, current.now());
        for (int place = 0; place < current.lines().size(); place++) {
            lines.paint(current.lines().get(place), place);
        }
        var readiness = current.readiness();
        if (readiness != null) {
            new StripPainter(pen, plane, current.now()).paint(readiness.points());
        }
        paintOverlay();
    }

    private void paintOverlay() {
        var to = overlay.getGraphicsContext2D();
        to.clearRect(0, 0, overlay.getWidth(), overlay.getHeight());
        var current = frame;
        var moment = crosshair.at().orElse(null);
        overlay.setVisible(moment != null); // an empty canvas costs as much to show as a full one
        if (current != null && moment != null) {
            plane(current).ifPresent(plane -> new Readout(new Pen(to, ink, letters()), plane).paint(current, moment,
                    isHover() || isFocused()));
        }
    }

    private void point(double x) {
        var current = frame;
        if (current != null) {
            plane(current).ifPresent(plane -> crosshair.point(x < plane.left() || x > plane.right()
                    ? null
                    : Instant.ofEpochMilli(plane.time().at(x - plane.left()))));
        }
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT -> step(-STRIDE, event);
            case RIGHT -> step(STRIDE, event);
            case ESCAPE -> {
                if (crosshair.at().isPresent()) {
                    crosshair.point(null);
                    event.consume();
                }
            }
            default -> {
                // not for a chart
            }
        }
    }

    private void step(int columns, KeyEvent event) {
        var current = frame;
        if (current != null) {
            plane(current).ifPresent(plane -> {
                long from = crosshair.at().map(Instant::toEpochMilli).orElse(current.now().toEpochMilli());
                long to = from + columns * plane.time().perColumn();
                crosshair.point(Instant.ofEpochMilli(Math.clamp(to, plane.time().from(), plane.time().to() - 1)));
            });
            event.consume();
        }
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        var current = frame;
        return attribute == AccessibleAttribute.TEXT && current != null
                ? ChartWords.spoken(title, current)
                : super.queryAccessibleAttribute(attribute, parameters);
    }
}
