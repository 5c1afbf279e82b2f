package io.lockkeeper.ui.control.chart;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import io.lockkeeper.Promise;
import io.lockkeeper.app.signals.Mark;
import io.lockkeeper.app.signals.Points;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import javafx.application.Application;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class TimeChartTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final int MINUTES = 5;
    private static final int BORDER = 3;
    private @Nullable TimeChart made;

    private TimeChart chart() {
        return Objects.requireNonNull(made);
    }

    private Plot plot() {
        return (Plot) chart().lookup(".plot");
    }

    @Start
    void show(Stage stage) {
        Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
        made = new TimeChart("Connections", new TimeChart.Form(false, true, 160), new Crosshair());
        var scene = new Scene(made, 600, 220);
        scene.getStylesheets().add(
                Objects.requireNonNull(TimeChart.class.getResource("/io/lockkeeper/ui/lockkeeper.css")).toExternalForm());
        stage.setScene(scene);
        stage.show();
    }

    /// One a second or ten, with two minutes in the middle of which nothing is known.
    private static Points withGap(int perSecond) {
        int size = MINUTES * 60 * perSecond;
        long begin = NOON.minusSeconds(MINUTES * 60L).toEpochMilli();
        var indices = IntStream.range(0, size)
                .filter(i -> i < size * 3 / 10 || i > size * 7 / 10).toArray();
        var times = new long[indices.length];
        var values = new double[indices.length];
        var joined = new boolean[indices.length];
        for (int i = 0; i < indices.length; i++) {
            times[i] = begin + indices[i] * 1000L / perSecond;
            values[i] = i % 2 == 0 ? 20 : 80;
            joined[i] = i > 0 && indices[i] == indices[i - 1] + 1;
        }
        return Points.of(times, values, joined, false);
    }

    private void shows(FxRobot robot, Points points) {
        var frame = new ChartFrame(NOON, Duration.ofMinutes(MINUTES), NOON.minus(Duration.ofHours(1)),
                List.of(new Line("balancers", points)), null, null,
                List.of(new Mark(NOON.minusSeconds(150), Mark.Kind.ACT, "held by kim")), 1);
        robot.interact(() -> chart().show(frame));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private WritableImage picture(FxRobot robot) {
        robot.interact(() -> {
            chart().applyCss();
            chart().layout();
        });
        WaitForAsyncUtils.waitForFxEvents();
        var image = new WritableImage[1];
        robot.interact(() -> image[0] = plot().snapshot(null, null));
        return image[0];
    }

    /// Within the border that shows what has the focus.
    private static Set<Integer> columnsWith(WritableImage image, Color colour) {
        var columns = new HashSet<Integer>();
        for (int x = BORDER; x < image.getWidth() - BORDER; x++) {
            for (int y = BORDER; y < image.getHeight() - BORDER; y++) {
                if (image.getPixelReader().getColor(x, y).equals(colour)) {
                    columns.add(x);
                }
            }
        }
        return columns;
    }

    private Color line() {
        return ((Ink) plot().lookup(".chart-ink")).line(0);
    }

    @Test
    @Promise(6)
    void noLineCrossesAGapHoweverManyReadingsThereAre(FxRobot robot) {
        for (int perSecond : List.of(1, 10)) {
            shows(robot, withGap(perSecond));
            var columns = columnsWith(picture(robot), line());
            assertThat(columns).as(perSecond + " a second").hasSizeGreaterThan(150);
            int first = columns.stream().min(Integer::compare).orElseThrow();
            int last = columns.stream().max(Integer::compare).orElseThrow();
            int middle = (first + last) / 2;
            assertThat(columns).doesNotContainAnyElementsOf(
                    IntStream.range(middle - 60, middle + 60).boxed().toList());
        }
    }

    @Test
    void theColoursAreTheThemes(FxRobot robot) {
        shows(robot, withGap(1));
        var light = line();
        robot.interact(() -> Application.setUserAgentStylesheet(new PrimerDark().getUserAgentStylesheet()));
        var image = picture(robot);
        assertThat(line()).isNotEqualTo(light);
        assertThat(columnsWith(image, line())).isNotEmpty();
        robot.interact(() -> Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet()));
    }

    @Test
    void theSizeOfTheTextIsTheWindows(FxRobot robot) {
        shows(robot, withGap(1));
        picture(robot);
        double before = ((Ink) plot().lookup(".chart-ink")).getFont().getSize();
        robot.interact(() -> chart().setStyle("-fx-font-size: 24px;"));
        picture(robot);
        assertThat(((Ink) plot().lookup(".chart-ink")).getFont().getSize()).isGreaterThan(before * 1.4);
    }

    @Test
    void theCrossHairIsMovedWithTheKeysAndLeftWithEscape(FxRobot robot) {
        shows(robot, withGap(1));
        robot.interact(() -> plot().requestFocus());
        var before = pixels(picture(robot));
        robot.interact(() -> {
            press(KeyCode.LEFT);
            press(KeyCode.LEFT);
        });
        assertThat(crosshair().at().orElseThrow()).isBefore(NOON);
        assertThat(pixels(picture(robot))).isNotEqualTo(before);
        robot.interact(() -> press(KeyCode.ESCAPE));
        assertThat(crosshair().at()).isEmpty();
        assertThat(pixels(picture(robot))).isEqualTo(before);
    }

    private Crosshair crosshair() {
        return plot().crosshair();
    }

    private static int[] pixels(WritableImage image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return pixels;
    }

    private void press(KeyCode code) {
        plot().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    @Test
    void whoDoesNotSeeItIsToldWhatItShows(FxRobot robot) {
        shows(robot, withGap(1));
        assertThat(plot().getAccessibleRole()).isEqualTo(AccessibleRole.IMAGE_VIEW);
        assertThat((String) plot().queryAccessibleAttribute(AccessibleAttribute.TEXT))
                .startsWith("Connections, last 5 min; balancers ")
                .contains("1 gap").contains("1 mark");
    }
}
