package io.lockkeeper.domain.observer;

import static io.lockkeeper.domain.client.Failure.Cause.REFUSED;
import static io.lockkeeper.domain.client.Failure.Cause.STATUS;
import static io.lockkeeper.domain.client.Failure.Cause.TIMEOUT;
import static io.lockkeeper.domain.client.Failure.Cause.UNREACHABLE;
import static io.lockkeeper.domain.client.Loss.Way.CLOSED;
import static io.lockkeeper.domain.client.Loss.Way.CUT;
import static io.lockkeeper.domain.client.Loss.Way.ON_PURPOSE;
import static io.lockkeeper.domain.client.Loss.Way.SILENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Ten clients, lost at the hundredth second unless a row says otherwise.
@Promise(10)
class SelfDoubtTest {
    private static final List<Loss.Way> WAYS = List.of(Loss.Way.values());
    private static final List<Failure.Cause> CAUSES = List.of(Failure.Cause.values());
    private static final int ROUNDS = 5_000;

    static Stream<Arguments> sound() {
        return Stream.of(
                arguments("nobody is out", "no client of ours is out", Scene.at(110, 10).control(90.0, 108.0, 5)),
                arguments("a cycler is out because it wants to be", "no client of ours is out",
                        Scene.at(110, 10).out(1, 109, ON_PURPOSE).control(90.0, 108.0, 5)),
                arguments("the only control answers, whatever else is silent", "1 of 1 control targets",
                        Scene.at(110, 10).out(10, 100, SILENT, TIMEOUT).control(108.0, 108.0, 0).link(109, 80.0)),
                arguments("one of two controls answers", "1 of 2 control targets",
                        Scene.at(110, 10).out(10, 100, SILENT).control(108.0, 108.0, 0).control(90.0, 108.0, 4)),
                arguments("a control that answers, and counts that stay", "1 of 1 control targets",
                        Scene.at(110, 10).out(10, 100, SILENT).control(108.0, 108.0, 0).count(95, 40, 40, 10).count(109, 35, 35,
                                0)),
                arguments("the front door refuses, without controls", "the front door answers",
                        Scene.at(110, 10).out(10, 100, CUT, REFUSED).link(109, 80.0)),
                arguments("503, and nobody else is gone", "the front door answers",
                        Scene.at(110, 10).out(10, 100, CUT, STATUS).count(95, 40, 40, 10).count(109, 35, 35, 0)),
                arguments("the service said goodbye to all", "0 of 10",
                        Scene.at(110, 10).out(10, 100, CLOSED, TIMEOUT).link(109, 109.0).count(95, 40, 40, 10).count(109, 35, 35,
                                0)),
                arguments("the balancer answers and counts nobody", "counts fell too: 0",
                        Scene.at(110, 10).out(10, 100, CUT, TIMEOUT).link(109, 109.0).count(95, 40, 40, 10).count(109, 0, 0, 0)),
                arguments("half of the others are gone", "counts fell too: 40",
                        Scene.at(110, 10).out(10, 100, CUT, TIMEOUT).link(109, 109.0).count(95, 45, 45, 10).count(109, 40, 0, 0)),
                arguments("our own clients were most of all", "too little of others",
                        Scene.at(110, 10).out(10, 100, CUT).link(109, 109.0).count(95, 10, 10, 10).count(109, 10, 10, 0)),
                arguments("half of the clients only", "5 of 10",
                        Scene.at(120, 10).out(5, 100, CUT).link(119, 119.0).count(95, 40, 40, 10).count(109, 40, 40, 5)),
                arguments("one after the other", "4 of 10",
                        Scene.at(125, 10).out(3, 20, CUT).out(3, 50, CUT).out(4, 100, CUT).link(124, 80.0)),
                arguments("two clients are too few", "fewer than 3", Scene.at(110, 2).out(2, 100, SILENT).link(109, 80.0)),
                arguments("controls that were dead long before, and a service that refuses", "the front door answers",
                        Scene.at(110, 10).out(10, 100, CUT, REFUSED).control(20.0, 108.0, 20)),
                arguments("a control that never answered says nothing", "the front door answers",
                        Scene.at(110, 10).out(10, 100, CUT, REFUSED).control(null, 108.0, 20)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void sound(String what, String why, Scene scene) {
        assertThat(scene.finding()).isInstanceOfSatisfying(Finding.Sound.class, sound -> assertThat(sound.why()).contains(why));
    }

    static Stream<Arguments> unsure() {
        return Stream.of(
                arguments("the control was not asked since", Scene.at(101, 10).out(10, 100, CUT, REFUSED).control(99.0, 99.0, 0)),
                arguments("the control failed once", Scene.at(103, 10).out(10, 100, CUT).control(99.0, 100.5, 1)),
                arguments("the links were not tried since", Scene.at(101, 10).out(10, 100, CUT).link(99.5, 99.5)),
                arguments("no link answers, and clients are being lost",
                        Scene.at(112, 10).out(4, 111, SILENT, TIMEOUT).link(110, 99.5)),
                arguments("the counts were not read since",
                        Scene.at(102, 10).out(10, 100, CUT).link(101, 101.0).count(95, 40, 40, 10).count(101, 35, 35, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void unsure(String what, Scene scene) {
        assertThat(scene.finding()).isInstanceOf(Finding.Unsure.class);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("the control fails too", 98.0, "the control target outside the service fails too",
                        Scene.at(110, 10).out(10, 100, SILENT).control(98.0, 108.0, 2)),
                arguments("all controls fail too, whatever refuses", 99.0, "all 2 control targets",
                        Scene.at(110, 10).out(1, 100, CUT, REFUSED).control(98.0, 108.0, 2).control(99.0, 108.0, 3)),
                arguments("one that never answered does not hold it back", 98.0, "the control target outside",
                        Scene.at(110, 10).out(10, 100, SILENT).control(98.0, 108.0, 2).control(null, null, 0)),
                arguments("a stated share", 97.0, "1 of 2",
                        Scene.at(110, 10).out(10, 100, SILENT).share(50).control(97.0, 108.0, 2).control(108.0, 108.0, 0)),
                arguments("the service was down before", 98.0, "fails too",
                        Scene.at(400, 10).out(10, 60, CUT, REFUSED).control(98.0, 398.0, 60)),
                arguments("cyclers that cannot come back", 98.0, "fails too",
                        Scene.at(115, 2).out(1, 100, ON_PURPOSE, TIMEOUT).control(98.0, 108.0, 2)),
                arguments("nothing of the environment answers any more", 100.0, "nothing of this environment",
                        Scene.at(120, 10).out(10, 100, SILENT, UNREACHABLE).link(118, 84.0).link(119, 85.0)),
                arguments("dead controls leave it to the links", 100.0, "nothing of this environment",
                        Scene.at(120, 10).out(10, 100, SILENT, UNREACHABLE).control(20.0, 118.0, 40).link(118, 84.0)),
                arguments("the counts stay", 100.0, "the service counts 70 connections; 70 were not ours before",
                        Scene.at(110, 10).out(10, 100, CUT, TIMEOUT).link(109, 109.0).count(95, 40, 40, 10).count(109, 35, 35,
                                0)),
                arguments("the counts stay, and ours are still among them", 100.0, "80 connections; 70 were not ours",
                        Scene.at(110, 10).out(10, 100, SILENT).link(109, 109.0).count(95, 40, 40, 10).count(109, 40, 40, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void faults(String what, double from, String why, Scene scene) {
        assertThat(scene.finding()).isInstanceOfSatisfying(Finding.Fault.class, fault -> {
            assertThat(fault.from()).isEqualTo(Scene.second(from));
            assertThat(fault.why()).contains(why);
        });
    }

    /// Everything else by dice: a control that answered since the losses is enough.
    @Test
    void whereAControlAnswersNothingIsEverDoubted() {
        var dice = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            var scene = anything(dice, 130).control(129.0, 129.0, 0);
            assertThat(scene.finding()).isNotInstanceOf(Finding.Fault.class);
        }
    }

    /// The service refuses, or answers with an error, and no control target is there to say otherwise.
    @Test
    void aServiceThatAnswersIsNeverTakenForAFaultOfOurs() {
        var dice = new Random(8);
        for (int round = 0; round < ROUNDS; round++) {
            var scene = Scene.at(130, 10).out(10, 100, dice.nextBoolean() ? CUT : SILENT, dice.nextBoolean() ? REFUSED : STATUS);
            for (int i = dice.nextInt(4); i > 0; i--) {
                scene.link(100 + dice.nextInt(30), dice.nextBoolean() ? null : (double) dice.nextInt(130));
            }
            scene.count(95, dice.nextInt(50), dice.nextInt(50), 10).count(129, dice.nextInt(50), dice.nextInt(50), 0);
            assertThat(scene.finding()).isInstanceOf(Finding.Sound.class);
        }
    }

    /// The network is cut at the hundredth second: every client falls silent by the hundred and fifteenth, and no control answers.
    @Test
    void aCutIsFoundAsSoonAsTheFirstClientNoticesAndHeldUntilTheEnd() {
        var dice = new Random(9);
        for (int round = 0; round < ROUNDS; round++) {
            double first = 100 + 15 * dice.nextDouble();
            double now = Math.max(first, 107) + 600 * dice.nextDouble();
            var scene = Scene.at(now, 10).out(1, first, SILENT);
            for (int i = 1; i < 10; i++) {
                double lost = first + (115 - first) * dice.nextDouble();
                if (lost <= now) {
                    scene.out(1, lost, dice.nextBoolean() ? SILENT : CUT, dice.nextBoolean() ? TIMEOUT : UNREACHABLE);
                }
            }
            var found = scene.control(95 + 4 * dice.nextDouble(), now - 1, 2).control(99.9, now - 1, 7).finding();
            assertThat(found).isInstanceOfSatisfying(Finding.Fault.class,
                    fault -> assertThat(fault.from()).isEqualTo(Scene.second(99.9)));
        }
    }

    private static Scene anything(Random dice, double now) {
        int watched = 1 + dice.nextInt(20);
        var scene = Scene.at(now, watched);
        for (int i = dice.nextInt(watched + 1); i > 0; i--) {
            var way = WAYS.get(dice.nextInt(WAYS.size()));
            scene.out(1, now - 1 - 60 * dice.nextDouble(), way,
                    CAUSES.get(dice.nextInt(CAUSES.size())));
        }
        for (int i = dice.nextInt(4); i > 0; i--) {
            scene.control(dice.nextInt(3) == 0 ? null : now - 100 * dice.nextDouble(), now - 1, dice.nextInt(5));
        }
        for (int i = dice.nextInt(4); i > 0; i--) {
            scene.link(now - 10 * dice.nextDouble(), dice.nextBoolean() ? null : now - 100 * dice.nextDouble());
        }
        for (double at = 60; at < now && dice.nextBoolean(); at += 20) {
            scene.count(at, dice.nextInt(50), dice.nextInt(50), dice.nextInt(10));
        }
        return scene;
    }
}
