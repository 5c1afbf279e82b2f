package io.lockkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.lockkeeper.Promise;
import io.lockkeeper.app.Scenes;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.fleet.SessionRoll.Place;
import io.lockkeeper.domain.link.LinkState;
import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.domain.run.RunEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The line at the bottom of a terminal, as words, for moments of a simulated service.
class ProgressWordsTest {
    private static final Instant LONG_AGO = Instant.parse("2026-11-24T02:00:00Z");
    private static final LinkView LIVE = new LinkView("feed", "ws://127.0.0.1:1", new LinkState.Live(LONG_AGO, LONG_AGO));
    private static final LinkView LOST = new LinkView("node ws-2", "http://127.0.0.1:2",
            new LinkState.Waiting(3, LONG_AGO, "connection refused"));
    private static final LinkView TRIES = new LinkView("node ws-2", "http://127.0.0.1:2",
            new LinkState.Connecting(4, LONG_AGO, "connection refused"));
    private static final LinkView REFUSED = new LinkView("balancer edge", "tcp://127.0.0.1:3",
            new LinkState.Refused("wrong password", LONG_AGO));
    private static final LinkView SILENT = new LinkView("node ws-3", "http://127.0.0.1:4",
            new LinkState.Stale(LONG_AGO, LONG_AGO));

    private static Arguments calm(Moment moment, String words) {
        return arguments(moment, words, false);
    }

    private static Arguments alarm(Moment moment, String words) {
        return arguments(moment, words, true);
    }

    private static Moment draining() {
        return Moment.of(Scenes.draining());
    }

    /// The same drain, with its sessions known by name.
    private static Moment bySession() {
        var begun = Moment.of(Scenes.waitsForGo());
        var moment = begun.then(at -> new RunEvent.DrainBegan(at, "roll[ws-1]/drain", "ws-1", List.of("a", "b", "c", "d", "e"),
                true, at.plusSeconds(20)));
        return moment.sessions(new SessionRoll(Map.of("a", new Place("ws-1", true, 0, false, LONG_AGO), "b",
                new Place("ws-2", true, 0, false, moment.now()), "c", new Place("ws-1", false, 1012, false, moment.now()), "d",
                new Place("ws-1", false, 1000, false, moment.now()), "e", new Place("ws-1", false, 1012, true, moment.now()))));
    }

    static Stream<Arguments> runs() {
        return Stream.of(calm(Moment.of(Scenes.healthy()), ""), calm(Moment.of(Scenes.ended()), ""),
                calm(Moment.of(Scenes.checklist()), "before 0s: 1 of 1 items to be ticked"),
                calm(Moment.of(Scenes.waitsForGo()).after(134), "roll[ws-1]/drain 2m 14s: waits for go"),
                calm(draining(), "roll[ws-1]/drain 7s: 10 still there, 12s to go | edge 10, ws-1 itself 10"),
                calm(draining().after(13), "roll[ws-1]/drain 20s: counts not fresh, its time is over"
                        + " | edge not readable, ws-1 itself does not answer"),
                calm(draining().balancerUnreadable(), "roll[ws-1]/drain 7s: at least 10 still there, counts not fresh, 12s to go"
                        + " | edge not readable, ws-1 itself 10"),
                calm(draining().then(at -> new RunEvent.StragglersFound(at, "roll[ws-1]/drain", 10, "edge 10")),
                        "roll[ws-1]/drain 7s: 10 still there: wait, close or give up? | edge 10, ws-1 itself 10"),
                calm(bySession(), "roll[ws-1]/drain 0s: 1 still there, 1 on their way, 1 LOST, 20s to go"
                        + " | 1 moved, 1 left, 1 on their way, 1 still there, 1 lost; edge 10, ws-1 itself 10"),
                calm(Moment.of(Scenes.wayBack()), "wayBack/back[ws-1]/ready 1s: PASS for 0 of 3 s | ws-1's ready: yes"),
                calm(Moment.of(Scenes.wayBack()).after(6),
                        "wayBack/back[ws-1]/ready 7s: STALE, 53s to go | ws-1's ready is 6 s old"),
                alarm(Moment.of(Scenes.gateFailed()).after(75),
                        "roll[ws-1]/resumes failed 75s ago, somebody has to decide | 0 of 3 probe sessions in a row resumed"
                                + " on ws-1; last: handshake refused: HTTP 503"),
                alarm(Moment.of(Scenes.drifted()), "roll[ws-1]/version 1s: blocked: this run left ws-1 drained at edge, now it is"
                        + " enabled: the balancer was reloaded, or somebody else changed it | the ground shifted at ws-1@edge"));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theLineSaysTheStepHowLongAndWhatItWaitsFor(Moment moment, String words, boolean alarm) {
        assertThat(moment.progress()).isEqualTo(new Progress(words, alarm));
    }

    static Stream<Arguments> troubles() {
        var held = draining().then(at -> new RunEvent.Held(at, "ada", "lunch")).after(3);
        return Stream.of(
                calm(held, "HELD by ada for 3s | roll[ws-1]/drain 10s: "),
                calm(draining().links(LIVE, LOST),
                        "roll[ws-1]/drain 7s: 10 still there, 12s to go | node ws-2 lost: connection refused | "),
                calm(draining().links(LIVE, TRIES),
                        "roll[ws-1]/drain 7s: 10 still there, 12s to go | node ws-2 lost: connection refused | "),
                calm(draining().links(REFUSED, LIVE),
                        "roll[ws-1]/drain 7s: 10 still there, 12s to go | balancer edge REFUSED: wrong password | "),
                calm(draining().links(LIVE, LOST, REFUSED, SILENT), "roll[ws-1]/drain 7s: 10 still there, 12s to go"
                        + " | 3 of 4 links not live: node ws-2 lost, balancer edge REFUSED, node ws-3 silent | "),
                alarm(draining().silentFor(12), "nothing new for 12s | roll[ws-1]/drain 19s: "),
                alarm(draining().holderGone().silentFor(4), "NOBODY HOLDS THE RUN, last seen 4s ago | roll[ws-1]/drain 11s: "),
                alarm(Moment.of(Scenes.unknown()).after(9).then(at -> new RunEvent.Held(at, "ada", "")).links(LOST),
                        "OUTCOME UNKNOWN: deploy ws-1 v2, for 9s | HELD by ada for 0s | roll[ws-1]/version 10s: looking at the target,"
                                + " nothing is sent again | node ws-2 lost: connection refused"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    @Promise(6)
    void whatIsUnknownOldOrHeldComesBeforeTheStepAndLinksAfterIt(Moment moment, String begin, boolean alarm) {
        assertThat(moment.progress().words()).startsWith(begin);
        assertThat(moment.progress().alarm()).isEqualTo(alarm);
    }

    @Test
    void ofSeveralLanesTheOneThatNeedsSomebodyIsShownAndTheOthersAreCounted() {
        var moment = Moment.of(Scenes.waitsForGo()).then(at -> new RunEvent.StepEntered(at, "roll[ws-2]/enable", 1));
        assertThat(moment.progress().words()).isEqualTo("roll[ws-1]/drain 0s: waits for go (+1 more)");
    }
}
