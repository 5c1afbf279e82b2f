package io.lockkeeper.ui.control.chart;

import atlantafx.base.theme.PrimerLight;
import com.sun.management.OperatingSystemMXBean;
import io.lockkeeper.app.signals.Points;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.layout.TilePane;
import javafx.stage.Stage;

/// Eight charts of three series of 3,600 readings, all new ten times a second: ours and the toolkit's own take turns, `bench/charts [ROUNDS]`.
public final class ChartsBench {
    private static final int CHARTS = 8;
    private static final int SERIES = 3;
    private static final int POINTS = 3600;
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final Duration MEASURED = Duration.ofSeconds(5);
    private static final double[][] VALUES = IntStream.range(0, CHARTS * SERIES)
            .mapToObj(line -> IntStream.range(0, POINTS + 2000).mapToDouble(i -> made(line / SERIES, line % SERIES, i)).toArray())
            .toArray(double[][]::new);
    private static final Instant BEGIN = Instant.parse("2026-11-26T03:00:00Z");

    /// What is compared: charts that are shown, and how they take the next readings.
    private interface Way {
        List<Node> charts();

        /// What brings the next readings onto the screen; made ready off the screen's own thread.
        Runnable next(int turn);
    }

    /// @param pulses per second
    /// @param late 95 % of all pulses came within so many milliseconds of the one before
    /// @param cpu in hundredths of one core
    private record Figures(double pulses, double late, double cpu) {}

    private ChartsBench() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        var toolkit = new CountDownLatch(1);
        Platform.startup(toolkit::countDown);
        toolkit.await();
        Platform.setImplicitExit(false);
        Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
        Map<String, List<Figures>> all = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (var name : List.of("LineChart", "ours", "ours, of which a twelfth is new")) {
                all.computeIfAbsent(name, _ -> new ArrayList<>()).add(measured(name));
            }
        }
        tell(all, rounds);
        System.exit(0); // the toolkit's own way out still wants to draw
    }

    private static Way made(String name) {
        return switch (name) {
            case "LineChart" -> new OfTheToolkit();
            case "ours" -> new Ours(1);
            default -> new Ours(12);
        };
    }

    private static Figures measured(String name) throws InterruptedException {
        var way = new Way[1];
        var stage = new Stage[1];
        onFx(() -> {
            way[0] = made(name);
            var tiles = new TilePane(10, 10);
            tiles.setPrefColumns(2);
            tiles.getChildren().addAll(way[0].charts());
            var scene = new Scene(tiles, 1500, 950);
            scene.getStylesheets().add(
                    Objects.requireNonNull(TimeChart.class.getResource("/io/lockkeeper/ui/lockkeeper.css")).toExternalForm());
            stage[0] = new Stage();
            stage[0].setScene(scene);
            stage[0].show();
        });
        var pulses = new Pulses();
        onFx(pulses::start);
        feed(way[0], SETTLING, 0);
        onFx(pulses::forget);
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long began = System.nanoTime();
        feed(way[0], MEASURED, 1000);
        double seconds = (System.nanoTime() - began) / 1e9;
        double share = 100 * (system.getProcessCpuTime() - cpu) / 1e9 / seconds;
        onFx(() -> {
            pulses.stop();
            stage[0].hide();
        });
        return pulses.figures(seconds, share);
    }

    /// A reading that comes while the last one is still being drawn waits for it, as in the window: there is never a queue.
    private static void feed(Way way, Duration length, int firstTurn) throws InterruptedException {
        long until = System.nanoTime() + length.toNanos();
        for (int turn = firstTurn; System.nanoTime() < until; turn++) {
            int now = turn;
            long began = System.nanoTime();
            onFx(way.next(now));
            long left = BETWEEN.toNanos() - (System.nanoTime() - began);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
        }
    }

    private static final class Pulses extends AnimationTimer {
        private final List<Long> intervals = new ArrayList<>();
        private long last;

        @Override
        public void handle(long now) {
            if (last != 0) {
                intervals.add(now - last);
            }
            last = now;
        }

        void forget() {
            intervals.clear();
        }

        Figures figures(double seconds, double cpu) {
            var sorted = intervals.stream().sorted().toList();
            return new Figures(sorted.size() / seconds, sorted.isEmpty() ? 0 : sorted.get(sorted.size() * 95 / 100) / 1e6, cpu);
        }
    }

    private static double value(int chart, int series, int index) {
        return VALUES[chart * SERIES + series][index];
    }

    private static double made(int chart, int series, long index) {
        return 500 + 300 * Math.sin((index + 700.0 * chart) / (200 + 60 * series)) + (index * 7919 + 31L * series) % 97;
    }

    private static final class Ours implements Way {
        private final int every;
        private final List<TimeChart> charts = new ArrayList<>();

        /// @param every how many turns there are between two readings of the same chart
        Ours(int every) {
            this.every = every;
            for (int i = 0; i < CHARTS; i++) {
                var chart = new TimeChart("chart " + i, new TimeChart.Form(false, true, 190), new Crosshair());
                chart.setPrefWidth(735);
                charts.add(chart);
            }
        }

        @Override
        public List<Node> charts() {
            return List.copyOf(charts);
        }

        @Override
        public Runnable next(int turn) {
            var frames = new LinkedHashMap<TimeChart, ChartFrame>();
            for (int chart = 0; chart < CHARTS; chart++) {
                if ((turn + chart) % every == 0) {
                    frames.put(charts.get(chart), frame(chart, turn));
                }
            }
            return () -> frames.forEach(TimeChart::show);
        }

        private static ChartFrame frame(int chart, int turn) {
            var lines = IntStream.range(0, SERIES).mapToObj(series -> new Line("source " + series, points(chart, series, turn)))
                    .toList();
            return new ChartFrame(BEGIN.plusSeconds(turn), Duration.ofHours(1), BEGIN.minus(Duration.ofDays(1)), lines, null,
                    new Limit(200, Limit.Good.AT_LEAST, "at least 200"), List.of(), 1);
        }

        private static Points points(int chart, int series, int turn) {
            var times = new long[POINTS];
            var values = new double[POINTS];
            var joined = new boolean[POINTS];
            Arrays.fill(joined, true);
            for (int i = 0; i < POINTS; i++) {
                times[i] = BEGIN.toEpochMilli() + 1000 * (turn - POINTS + 1L + i);
            }
            System.arraycopy(VALUES[chart * SERIES + series], turn, values, 0, POINTS);
            return Points.of(times, values, joined, false);
        }
    }

    private static final class OfTheToolkit implements Way {
        private final List<LineChart<Number, Number>> charts = new ArrayList<>();

        OfTheToolkit() {
            for (int i = 0; i < CHARTS; i++) {
                var time = new NumberAxis();
                time.setForceZeroInRange(false);
                var chart = new LineChart<Number, Number>(time, new NumberAxis());
                chart.setAnimated(false);
                chart.setCreateSymbols(false);
                chart.setPrefSize(735, 225);
                for (int series = 0; series < SERIES; series++) {
                    var data = new XYChart.Series<Number, Number>();
                    for (int point = 0; point < POINTS; point++) {
                        data.getData().add(new XYChart.Data<>(point, value(i, series, point)));
                    }
                    chart.getData().add(data);
                }
                charts.add(chart);
            }
        }

        @Override
        public List<Node> charts() {
            return List.copyOf(charts);
        }

        @Override
        public Runnable next(int turn) {
            return () -> add(turn);
        }

        private void add(int turn) {
            for (int chart = 0; chart < CHARTS; chart++) {
                for (int series = 0; series < SERIES; series++) {
                    var data = charts.get(chart).getData().get(series).getData();
                    data.removeFirst();
                    data.add(new XYChart.Data<>(data.getLast().getXValue().intValue() + 1, value(chart, series, turn + POINTS)));
                }
            }
        }
    }

    private static void tell(Map<String, List<Figures>> all, int rounds) {
        System.out.println(CHARTS + " charts of " + SERIES + " series of " + POINTS + " readings, ten times a second, " + rounds
                + " rounds, middle of each");
        double first = 0;
        for (var way : all.entrySet()) {
            double pulses = middle(way.getValue().stream().map(Figures::pulses).toList());
            double cpu = middle(way.getValue().stream().map(Figures::cpu).toList());
            first = first == 0 ? cpu : first;
            System.out.println(String.format(Locale.ROOT,
                    "  %-34s %5.1f pulses/s   p95 %6.1f ms   %5.1f %% of a core   x %.2f", way.getKey(), pulses,
                    middle(way.getValue().stream().map(Figures::late).toList()), cpu, cpu / first));
        }
    }

    private static double middle(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private static void onFx(Runnable work) throws InterruptedException {
        var done = new CountDownLatch(1);
        Platform.runLater(() -> {
            try {
                work.run();
            } finally {
                done.countDown();
            }
        });
        done.await();
    }
}
