package io.lockkeeper.domain.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.signal.Ratio;
import io.lockkeeper.domain.signal.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PageTrackTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final List<String> NODES = List.of("ws-1", "ws-2");
    private static final NodeLabel SERVER = new NodeLabel("server", Map.of("a", "ws-1", "b", "ws-2"));
    private static final Ask OPEN = series("open");
    private static final Ask GOOD = series("good");
    private static final Ask ALL = series("all");
    private static final Ask SUM = series("sum");

    private static Ask series(String name) {
        return new Ask.Series(new Selector(name, List.of()));
    }

    private static MetricSignal signal(Form form, @Nullable NodeLabel label) {
        return new MetricSignal("custom.x", Shape.LEVEL, "", "", "page", form, label);
    }

    private static Sample sample(double value, String... labels) {
        return new Sample(labels.length == 0 ? Map.of() : Map.of(labels[0], labels[1]), value, null);
    }

    private static Answer answer(Map<Ask, List<Sample>> found) {
        return new Answer(found, Map.of(), Map.of(), List.of());
    }

    private static Datum whole(MetricSignal signal, Answer... answers) {
        return read(signal, answers).getOrDefault("", new Datum.None("nothing"));
    }

    /// Answers 5 s apart, the last one at NOW.
    private static Map<String, Datum> read(MetricSignal signal, Answer... answers) {
        var track = PageTrack.of(List.of(signal));
        for (int i = 0; i < answers.length; i++) {
            track = track.on(answers[i], NOW.minusSeconds(5L * (answers.length - 1 - i)));
        }
        return track.read(signal, NODES);
    }

    private static Answer share(double good, double all) {
        return answer(Map.of(GOOD, List.of(sample(good)), ALL, List.of(sample(all))));
    }

    @Test
    void aLevelIsTheSumOfItsSeriesAndNanIsNoValue() {
        var level = signal(new Form.Level(OPEN), null);

        assertThat(whole(level, answer(Map.of(OPEN, List.of(sample(3, "l", "a"), sample(4, "l", "b"),
                sample(Double.NaN, "l", "c")))))).isEqualTo(new Datum.Level(7, NOW));
        assertThat(whole(level, answer(Map.of(OPEN, List.of(sample(Double.NaN))))))
                .isEqualTo(new Datum.None("the value is NaN or infinite, which is no value"));
        assertThat(whole(level, answer(Map.of(OPEN, List.of())))).isEqualTo(new Datum.None("no series fits open"));
        assertThat(whole(level, new Answer(Map.of(), Map.of(), Map.of(OPEN, List.of("open_sessions")), List.of())))
                .isEqualTo(new Datum.None("no series fits open; there is open_sessions"));
        assertThat(whole(level)).isEqualTo(new Datum.None("not read yet"));
        assertThat(whole(level, answer(Map.of(OPEN, List.of(new Sample(Map.of(), 3, NOW.minusSeconds(100)))))))
                .as("the page's own time counts").isEqualTo(new Datum.Level(3, NOW.minusSeconds(100)));
    }

    @Test
    void aShareTakesTwoReadingsAndCountsOnlyTheWindow() {
        var form = signal(new Form.Share(GOOD, ALL, WINDOW), null);

        assertThat(whole(form, share(50, 60))).isEqualTo(new Datum.None("too few readings: counters take two in the window"));
        assertThat(whole(form, share(50, 60), share(58, 70)))
                .isEqualTo(new Datum.Share(new Ratio(8, 10), WINDOW, Duration.ofSeconds(5), NOW));
        assertThat(whole(form, share(50, 60), share(50, 60))).satisfies(datum -> assertThat(datum.hasData()).isFalse());
        assertThat(whole(form, share(50, 60), share(58, 62)))
                .isEqualTo(new Datum.None("more good ones than there were at all, 8 of 2: good and all do not belong together"));
        assertThat(whole(form, share(50, 60), answer(Map.of(ALL, List.of(sample(70)), GOOD, List.of()))))
                .as("good ones that vanish count nothing").isInstanceOf(Datum.Share.class);
        assertThat(whole(form, answer(Map.of(ALL, List.of(sample(60)))), answer(Map.of(ALL, List.of(sample(70))))))
                .isEqualTo(new Datum.None("no series fits good"));
    }

    @Test
    void aMeanIsOfTheWindow() {
        var form = signal(new Form.Mean(SUM, ALL, WINDOW), null);

        assertThat(whole(form, answer(Map.of(SUM, List.of(sample(100)), ALL, List.of(sample(10)))),
                answer(Map.of(SUM, List.of(sample(103)), ALL, List.of(sample(12))))))
                .isEqualTo(new Datum.Mean(1.5, 2, WINDOW, Duration.ofSeconds(5), NOW));
    }

    @Test
    void aLabelTellsTheNodesAndWhatIsOfNoneIsLeftOut() {
        var level = signal(new Form.Level(OPEN), SERVER);

        assertThat(read(level, answer(Map.of(OPEN, List.of(sample(3, "server", "a"), sample(4, "server", "b"),
                sample(7, "server", "BACKEND"))))))
                .containsEntry("ws-1", new Datum.Level(3, NOW)).containsEntry("ws-2", new Datum.Level(4, NOW))
                .containsEntry("", new Datum.Level(7, NOW));
        assertThat(whole(level, answer(Map.of(OPEN, List.of(sample(3, "server", "a"))))))
                .isEqualTo(new Datum.None("3 of 1 of 2 nodes; ws-2: no series of this node fits open"));
        assertThat(whole(level, answer(Map.of(OPEN, List.of(sample(3, "server", "ws1:80"))))))
                .isEqualTo(new Datum.None(
                        "no series is of a node of this environment: label server is \"ws1:80\""));
        assertThat(read(level, answer(Map.of(OPEN, List.of(sample(9)))))).as("a sum without the label is of the whole")
                .isEqualTo(Map.of("", new Datum.Level(9, NOW)));
    }

    @Test
    void aQueryGivesWhatItGivesForTheWindow() {
        var good = new Ask.Query("good");
        var all = new Ask.Query("all");
        var form = signal(new Form.Share(good, all, WINDOW), null);

        assertThat(whole(form, answer(Map.of(good, List.of(sample(9.97)), all, List.of(sample(10.02))))))
                .isEqualTo(new Datum.Share(new Ratio(10, 10), WINDOW, WINDOW, NOW));
        assertThat(whole(form, answer(Map.of(good, List.of(), all, List.of(sample(10))))))
                .isEqualTo(new Datum.None("the query gives nothing"));
        assertThat(whole(form, new Answer(Map.of(), Map.of(all, "the server refuses the query: no"), Map.of(), List.of())))
                .isEqualTo(new Datum.None("the server refuses the query: no"));
    }

    @Test
    void whatWasReadOutlivesALostLink() {
        var level = signal(new Form.Level(OPEN), null);
        var track = PageTrack.of(List.of(level)).lost("connection refused");

        assertThat(track.read(level, NODES)).containsValue(new Datum.None("connection refused"));
        assertThat(track.on(answer(Map.of(OPEN, List.of(sample(1)))), NOW).lost("cut").read(level, NODES))
                .containsValue(new Datum.Level(1, NOW));
    }
}
