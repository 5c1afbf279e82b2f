package io.lockkeeper.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRecord;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.Condition.Over;
import io.lockkeeper.domain.runbook.Condition.Since;
import io.lockkeeper.domain.runbook.GateExit;
import io.lockkeeper.domain.runbook.GateSignal;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.signal.Portion;
import io.lockkeeper.domain.signal.Success;
import io.lockkeeper.domain.signal.Verdict;
import io.lockkeeper.domain.watch.Felt;
import io.lockkeeper.domain.watch.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Gates on what clients felt, while clients are lost and come back or do not, their events come late and in any order, clocks are set,
/// Lockkeeper itself is at fault, what is taken is old, and nobody watches. What really happened is counted here by itself.
class FeltSearchTest {
    private static final int MISTAKES = 400;
    /// So that it can pass at a moment at which nothing new was heard.
    private static final Duration HOLDS = Duration.ofSeconds(2);
    private static final int CLIENTS = 20;
    private static final Duration IN_TIME = Duration.ofSeconds(30);
    private static final Portion LIMIT = new Portion(8_000);
    private static final int SAMPLES = 16;
    private static final int EVENTS = 3;

    private static Step.Gate gate(GateSignal signal, Condition condition) {
        return new Step.Gate("gate", "Felt", signal, null, condition, Duration.ZERO, Duration.ofMinutes(30), GateExit.HOLD,
                GateExit.EXTEND, GateExit.HOLD);
    }

    private static Step.Gate success() {
        return success(Duration.ZERO);
    }

    private static Step.Gate success(Duration holds) {
        return new Step.Gate("gate", "Felt", GateSignal.RECONNECT_SUCCESS, null, new Condition.Returning(Success.By.CLIENT, LIMIT,
                new Over(Since.GATE, Duration.ofMinutes(10), SAMPLES, EVENTS)), holds, Duration.ofMinutes(30), GateExit.HOLD,
                GateExit.EXTEND, GateExit.HOLD);
    }

    /// A loss as it was: where, when and whether the client came back.
    private record Happened(String node, Instant lost, @Nullable Instant back) {
        boolean good() {
            return back != null && !back.isAfter(lost.plus(IN_TIME));
        }

        /// When it counted; `null` before.
        @Nullable
        Instant settled(Instant now) {
            var at = good() ? back : lost.plus(IN_TIME);
            return at == null || at.isAfter(now) ? null : at;
        }
    }

    /// A small world: clients, the clocks, and what is known of them.
    private static final class World {
        private final Random dice;
        private final List<Happened> truth = new ArrayList<>();
        private final List<ClientEvent> coming = new ArrayList<>();
        private final Episodes episodes = new Episodes();
        private final List<ObserverFault> faults = new ArrayList<>();
        private final Instant[] busyUntil = new Instant[CLIENTS];
        private final Duration ahead;
        private Felt felt = Felt.NOBODY;

        World(long seed) {
            dice = new Random(seed);
            ahead = Duration.ofMinutes(dice.nextInt(3) == 0 ? dice.nextInt(600) - 300 : 0);
            for (int i = 0; i < CLIENTS; i++) {
                busyUntil[i] = Instant.MIN;
                episodes.on(new ClientEvent.Opened("c-" + i, ClientRole.SENTINEL, clock(Walker.START.minusSeconds(1_000)),
                        "ws-" + (1 + i % 3), "v1"));
            }
        }

        /// Of the record.
        private Instant clock(Instant wall) {
            return wall.plus(ahead);
        }

        void pass(Instant from, Instant to, int badPercent) {
            for (int i = 0; i < CLIENTS; i++) {
                if (busyUntil[i].isBefore(from) && dice.nextInt(8) == 0) {
                    lose(i, from.plusMillis(dice.nextInt((int) Duration.between(from, to).toMillis())), badPercent);
                }
            }
            if (dice.nextInt(80) == 0) {
                faults.add(new ObserverFault(clock(to.minusSeconds(dice.nextInt(20))), clock(to.plusSeconds(10)), "it slept"));
            }
            arrive(to);
            if (dice.nextInt(4) > 0) {
                boolean watching = dice.nextInt(30) > 0;
                felt = new Felt.Watched(watching ? new Watcher.Watching("test", Walker.START) : new Watcher.Starting(to), to,
                        ahead,
                        CLIENTS, episodes.frozen(), faults, List.of(), to);
            } else if (dice.nextInt(20) == 0) {
                felt = Felt.NOBODY;
            }
        }

        private void lose(int client, Instant at, int badPercent) {
            boolean bad = dice.nextInt(100) < badPercent;
            var node = "ws-" + (1 + client % 3);
            var back = bad && dice.nextBoolean()
                    ? null
                    : at.plusMillis(bad ? 30_001 + dice.nextInt(20_000) : dice.nextInt(29_000));
            truth.add(new Happened(node, at, back));
            busyUntil[client] = back == null ? Instant.MAX : back;
            var name = "c-" + client;
            coming.add(new ClientEvent.Lost(name, ClientRole.SENTINEL, clock(at), Loss.of(Loss.Way.CUT)));
            if (back != null) {
                coming.add(new ClientEvent.Back(name, ClientRole.SENTINEL, clock(back), clock(back.minusMillis(5)), node, "v1",
                        new Continuity(SessionKept.SAME, 0, 0)));
            }
        }

        /// What has happened by then arrives in any order, some of it later and some of it twice.
        private void arrive(Instant now) {
            Collections.shuffle(coming, dice);
            coming.removeIf(event -> {
                boolean arrives = !event.at().isAfter(clock(now)) && dice.nextInt(10) > 0;
                if (arrives) {
                    episodes.on(event);
                    if (dice.nextInt(10) == 0) {
                        episodes.on(event);
                    }
                }
                return arrives;
            });
        }

        private boolean sound(Happened one, Instant settled) {
            return faults.stream()
                    .noneMatch(fault -> !fault.from().isAfter(clock(settled)) && !fault.to().isBefore(clock(one.lost())));
        }

        /// How many good ones there can have been at most, of how many events, since then: what was not sound does not count.
        long good(Instant since, Instant now) {
            return truth.stream().filter(one -> one.good() && counts(one, since, now)).count();
        }

        private boolean counts(Happened one, Instant since, Instant now) {
            var settled = one.settled(now);
            return settled != null && settled.isAfter(since) && sound(one, settled);
        }

        long events(Instant since, Instant now) {
            return truth.stream().filter(one -> counts(one, since, now))
                    .map(one -> one.node() + one.lost().getEpochSecond() / 5).distinct().count();
        }
    }

    /// @param found what was wrong, one line each
    private record Outcome(int passed, List<String> found) {}

    /// @param eyes what a mistake makes of what was taken, at a moment
    private static Outcome search(long seeds, BiFunction<Felt, Instant, Felt> eyes) {
        int passed = 0;
        var found = new ArrayList<String>();
        for (long seed = 1; seed <= seeds && found.isEmpty(); seed++) {
            var world = new World(seed);
            int bad = List.of(0, 0, 5, 30, 80).get((int) (seed % 5));
            var walker = Walker.of(new Step.Note("n", "N", "n"), success(HOLDS));
            for (int i = 0; i < 30; i++) { // what happened before the gate was entered
                world.pass(walker.now, walker.now.plusMillis(700), bad / 10);
                walker.asleep(Duration.ofMillis(700));
            }
            walker.look();
            var dice = new Random(seed * 7);
            for (int i = 0; i < 250 && walker.step("gate").state() == StepState.VERIFYING; i++) {
                var from = walker.now;
                walker.asleep(
                        Duration.ofMillis(dice.nextInt(15) == 0 ? 1_000 + dice.nextInt(30_000) : 200 + dice.nextInt(1_500)));
                world.pass(from, walker.now, bad);
                if (dice.nextInt(50) == 0) {
                    walker.killed();
                }
                walker.felt = eyes.apply(world.felt, walker.now);
                walker.look();
            }
            if (walker.step("gate").state() == StepState.SUCCEEDED) {
                passed++;
                wrong(world, walker, seed, found);
            }
        }
        return new Outcome(passed, found);
    }

    private static void wrong(World world, Walker walker, long seed, List<String> found) {
        var entered = walker.step("gate").enteredAt();
        var since = entered == null ? walker.now : entered;
        long good = world.good(since, walker.now);
        var who = "seed " + seed + ": ";
        if (good < SAMPLES) {
            found.add(who + "passed on " + good + " good returns since the gate was entered");
        }
        if (world.events(since, walker.now) < EVENTS) {
            found.add(who + "passed on too few events");
        }
        boolean fresh = world.felt instanceof Felt.Watched watched && watched.watcher().watching()
                && !watched.at().plusSeconds(5).isBefore(walker.now);
        if (!fresh) {
            found.add(who + "passed on what is old, or with nobody watching");
        }
        if (world.felt instanceof Felt.Watched watched && watched.faults().stream()
                .anyMatch(fault -> !fault.from().isAfter(watched.to()) && !fault.to().isBefore(watched.to()))) {
            found.add(who + "passed while Lockkeeper itself was at fault");
        }
    }

    @Test
    @Promise(2)
    void noSequenceOfEventsPassesAGateWithoutEnoughFreshEvidence() {
        var outcome = search(160, (felt, _) -> felt);
        assertThat(outcome.found()).isEmpty();
        assertThat(outcome.passed()).as("a search in which nothing passes finds nothing").isGreaterThan(40);
    }

    @Test
    void aPlantedMistakeThatTakesOldForNewIsFound() {
        var last = new AtomicReference<Felt>(Felt.NOBODY);
        assertThat(search(MISTAKES, (felt, now) -> {
            if (felt instanceof Felt.Watched(var watcher, _, var ahead, int clients, var record, var faults, var triggers, var evaluated)
                    && watcher.watching()) {
                last.set(new Felt.Watched(watcher, now, ahead, clients, record, faults, triggers, evaluated));
            } else if (last
                    .get() instanceof Felt.Watched(var watcher, _, var ahead, int clients, var record, var faults, var triggers, var evaluated)) {
                last.set(new Felt.Watched(watcher, now, ahead, clients, record, faults, triggers, evaluated));
            }
            return last.get();
        }).found()).anyMatch(words -> words.contains("nobody watching"));
    }

    @Test
    void aPlantedMistakeThatForgetsItsOwnFaultsIsFound() {
        assertThat(search(MISTAKES, (felt,
                _) -> felt instanceof Felt.Watched(var watcher, var at, var ahead, int clients, var record, _, var triggers, var evaluated)
                        ? new Felt.Watched(watcher, at, ahead, clients, record, List.of(), triggers, evaluated)
                        : felt)
                .found()).isNotEmpty();
    }

    @Test
    void aPlantedMistakeThatCountsFromBeforeTheGateIsFound() {
        assertThat(search(MISTAKES, (felt,
                _) -> felt instanceof Felt.Watched(var watcher, var at, var ahead, int clients, var record, var faults, var triggers, var evaluated)
                        ? new Felt.Watched(watcher, at, ahead, clients, shifted(record), faults, triggers, evaluated)
                        : felt)
                .found()).anyMatch(words -> words.contains("since the gate was entered"));
    }

    /// Everything happened a quarter of a minute later than it did.
    private static ClientRecord.Frozen shifted(ClientRecord.Frozen record) {
        var later = record.episodes().stream().map(one -> new Episode(one.client(), one.role(),
                one.scenario(), one.abnormal(), one.loss(), one.lostAt().plusSeconds(15), one.fromNode(), one.fromVersion(),
                one.failed(),
                one.back() == null
                        ? null
                        : new Episode.Return(one.back().begun().plusSeconds(15),
                                one.back().at().plusSeconds(15), one.back().node(), one.back().version(),
                                one.back().continuity()),
                one.left())).toList();
        return new ClientRecord.Frozen(later, List.of(), List.of(), List.of(), record.watching(), record.watched(), record.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "starting", "failed", "old", "future", "before", "fault"})
    @Promise(2)
    void withoutAWatchThatCanBeBelievedThereIsNoData(String what) {
        for (var condition : conditions()) {
            var walker = Walker.of(gate(condition.signal(), condition.condition())).look();
            var entered = walker.now;
            walker.asleep(Duration.ofSeconds(10));
            var now = walker.now;
            var good = whole(now);
            var watching = new Watcher.Watching("test", Walker.START);
            walker.felt = switch (what) {
                case "nobody" -> Felt.NOBODY;
                case "starting" -> taken(new Watcher.Starting(now), now, good, List.of());
                case "failed" -> taken(new Watcher.Failed(now, "no room"), now, good, List.of());
                case "old" -> taken(watching, now.minusSeconds(6), good, List.of());
                case "future" -> taken(watching, now.plusSeconds(60), good, List.of());
                case "before" -> taken(watching, entered.minusMillis(1), good, List.of());
                default -> taken(watching, now, good, List.of(new ObserverFault(now.minusSeconds(1), Instant.MAX, "it slept")));
            };
            walker.look();
            assertThat(walker.step("gate").state()).as(condition.signal() + " " + what).isEqualTo(StepState.VERIFYING);
            walker.felt = taken(watching, walker.now, good, List.of());
            walker.look();
            assertThat(walker.step("gate").state()).as(condition.signal() + " with a watch").isEqualTo(StepState.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 14, INCONCLUSIVE", "0, 15, FAIL", "2, 14, INCONCLUSIVE", "2, 0, INCONCLUSIVE", "2, 60, FAIL"})
    @Promise(2)
    void clientsThatOnlyBeginToConnectAreNeitherOutNorBack(int connected, int seconds, Verdict verdict) {
        var walker = Walker.of(gate(GateSignal.CLIENTS_DISCONNECTED, new Condition.Out(0L, null))).look();
        var episodes = new Episodes();
        for (int i = 0; i < connected; i++) {
            episodes.on(new ClientEvent.Opened("c-" + i, ClientRole.SENTINEL, walker.now, "ws-1", "v1"));
        }
        walker.felt = taken(new Watcher.Watching("test", walker.now.minusSeconds(seconds)), walker.now, episodes.frozen(),
                List.of());

        var check = new Step.Check(GateSignal.CLIENTS_DISCONNECTED, null, new Condition.Out(0L, null));

        assertThat(new FeltJudge("gate", 0, walker.state, walker.facts()).judge(check).verdict()).isEqualTo(verdict);
    }

    private static Felt taken(Watcher watcher, Instant at, ClientRecord.Frozen record, List<ObserverFault> faults) {
        return new Felt.Watched(watcher, at, Duration.ZERO, CLIENTS, record, faults, List.of(), at);
    }

    private static List<Step.Check> conditions() {
        var over = new Over(Since.GATE, Duration.ofSeconds(10), 1, 1);
        return List.of(new Step.Check(GateSignal.CLIENTS_DISCONNECTED, null, new Condition.Out(0L, null)),
                new Step.Check(GateSignal.RECONNECT_SUCCESS, null,
                        new Condition.Returning(Success.By.ATTEMPT, LIMIT, over)),
                new Step.Check(GateSignal.SESSION_CONTINUITY, null, new Condition.Continued(LIMIT, over)),
                new Step.Check(GateSignal.MESSAGES_LOST, null, new Condition.Messages(0, over)),
                new Step.Check(GateSignal.RECONNECT_TIME, null,
                        new Condition.Returned(Scenario.EMERGENCY, Condition.Measure.MAX,
                                Duration.ofSeconds(5), over)),
                new Step.Check(GateSignal.AVAILABILITY, null, new Condition.Available(new Portion(9_000), over)));
    }

    /// All were lost a moment before and are back.
    private static ClientRecord.Frozen whole(Instant now) {
        var episodes = new Episodes();
        for (int i = 0; i < CLIENTS; i++) {
            var name = "c-" + i;
            episodes.on(new ClientEvent.Opened(name, ClientRole.SENTINEL, now.minusSeconds(600), "ws-1", "v1"))
                    .on(new ClientEvent.Lost(name, ClientRole.SENTINEL, now.minusMillis(500), Loss.of(Loss.Way.CUT)))
                    .on(new ClientEvent.Back(name, ClientRole.SENTINEL, now.minusMillis(200), now.minusMillis(300), "ws-1", "v1",
                            new Continuity(SessionKept.SAME, 0, 0)));
        }
        return episodes.frozen();
    }

    @Test
    void oneNodeThatIsWorseThanTheLimitIsNotHiddenByTheOthers() {
        var episodes = new Episodes();
        var now = Walker.START.plusSeconds(100);
        for (int i = 0; i < 200; i++) {
            var name = "c-" + i;
            var lost = now.minusSeconds(60).plusMillis(i * 60L);
            episodes.on(
                    new ClientEvent.Opened(name, ClientRole.SENTINEL, now.minusSeconds(600), i < 3 ? "ws-3" : "ws-" + (1 + i % 2),
                            "v1"))
                    .on(new ClientEvent.Lost(name, ClientRole.SENTINEL, lost, Loss.of(Loss.Way.CUT)));
            if (i >= 3) {
                episodes.on(new ClientEvent.Back(name, ClientRole.SENTINEL, lost.plusSeconds(1), lost, "ws-1", "v1",
                        Continuity.UNKNOWN));
            }
        }
        var walker = Walker.of(success()).look();
        walker.asleep(Duration.ofSeconds(100));
        walker.felt = taken(new Watcher.Watching("test", Walker.START), now, episodes.frozen(), List.of());
        var reading = GateJudge.judge(success(), walker.state, walker.facts());
        assertThat(reading.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(reading.why()).contains("from ws-3 0 % of 3");
        assertThat(reading.interval()).startsWith("99 % of 200");
    }
}
