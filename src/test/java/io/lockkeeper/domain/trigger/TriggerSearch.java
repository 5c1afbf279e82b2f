package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.signal.ClientSignals;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.signal.Success;
import io.lockkeeper.domain.signal.Window;
import io.lockkeeper.domain.trigger.World.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// Random worlds with a known truth, walked by the triggers as a console would: what is reported is held against what happened, and when each trigger
/// fired against when it should have.
final class TriggerSearch {
    private static final int PLANTED_SEEDS = 160;

    private TriggerSearch() {}

    /// What is wrong with the world of a seed; empty where nothing is.
    static Optional<String> wrong(long seed, Planted bug) {
        var world = new World(seed);
        var oracle = new Oracle(world);
        var dice = new Random(seed);
        var self = new SelfSearch(world, bug);
        var misjudged = self.wrong();
        if (misjudged.isPresent()) {
            return misjudged.map(why -> world.kind + " " + seed + ": " + why);
        }
        var fired = walk(world, self, dice, bug);
        var faults = self.knownAt(World.END);
        for (var expected : expected(oracle).entrySet()) {
            int told = fired.getOrDefault(expected.getKey(), Oracle.NEVER);
            if (told != expected.getValue()) {
                return Optional.of(world.kind + " " + seed + ": " + expected.getKey() + " fired at " + told + ", not at "
                        + expected.getValue());
            }
        }
        return meant(world, fired).or(() -> reported(world, oracle, faults, dice, bug))
                .map(why -> world.kind + " " + seed + ": " + why);
    }

    /// At which evaluation each trigger fired. Events come in any order within ten seconds, and some twice.
    private static Map<String, Integer> walk(World world, SelfSearch self, Random dice, Planted bug) {
        var fired = new TreeMap<String, Integer>();
        var episodes = new Episodes();
        var states = new ArrayList<>(Triggers.of(bug.set()).states());
        int next = 0;
        for (int tick = 1; tick * Oracle.TICK <= World.END; tick++) {
            var now = World.at(tick * Oracle.TICK);
            var came = new ArrayList<ClientEvent>();
            while (next < world.events.size() && !world.events.get(next).at().isAfter(now)) {
                came.add(world.events.get(next++));
            }
            var mixed = new ArrayList<>(came);
            came.stream().filter(_ -> dice.nextInt(4) == 0).forEach(mixed::add);
            Collections.shuffle(mixed, dice);
            feed(episodes, mixed, bug);
            var known = self.knownAt(tick * Oracle.TICK).stream().filter(fault -> !fault.from().isAfter(now)).toList();
            var moment = new Moment(now, bug.signals(episodes, known), bug.faults(known), List.of(), Map.of(), List.of(), null);
            for (int i = 0; i < states.size(); i++) {
                var after = bug.at(states.get(i), moment);
                if (after.fired()) {
                    fired.putIfAbsent(after.spec().name(), tick);
                }
                states.set(i, after);
            }
        }
        return fired;
    }

    private static void feed(Episodes episodes, List<ClientEvent> events, Planted bug) {
        ClientEvent newest = events.isEmpty() ? null : events.getFirst();
        for (var event : events) {
            if (newest == null || bug.takes(event, newest)) {
                episodes.on(event);
                newest = event;
            }
        }
    }

    static Map<String, Integer> expected(Oracle oracle) {
        return Map.of("success-rate", oracle.success(80, 60_000, 30), "failure-warning", oracle.success(95, 300_000, 0),
                "success-alert",
                oracle.success(90, 300_000, 0), "success-critical", oracle.success(80, 60_000, 0), "emergency-failures",
                oracle.failuresInARow(), "data-loss", oracle.dataLoss());
    }

    /// What must be so whatever the definitions are.
    private static Optional<String> meant(World world, Map<String, Integer> fired) {
        int rate = fired.getOrDefault("success-rate", Oracle.NEVER);
        if (world.kind == Kind.TOTAL_OUTAGE) {
            long before = world.from + 300_000;
            long latest = world.from + 300_000 + 60_000 + 3 * Oracle.TICK;
            if (rate * Oracle.TICK < before) {
                return Optional.of("an outage of " + (world.to - world.from) + " ms fired early: " + rate);
            }
            if (world.to >= latest && rate * Oracle.TICK > latest) {
                return Optional.of("an outage of " + (world.to - world.from) + " ms was missed: " + rate);
            }
        }
        if (world.kind == Kind.CUT) {
            int early = fired.values().stream().mapToInt(Integer::intValue).min().orElse(Oracle.NEVER);
            if (early < world.again / Oracle.TICK) {
                return Optional.of("only this computer's network was gone, but there fired " + fired);
            }
            long latest = world.again + 300_000 + 60_000 + 3 * Oracle.TICK;
            return latest <= World.END && rate > latest / Oracle.TICK
                    ? Optional.of("the service is down since " + world.again + ", and after the doubt that was missed: " + rate)
                    : Optional.empty();
        }
        boolean calm = world.kind == Kind.QUIET || world.kind == Kind.OWN_NETWORK || world.kind == Kind.NIGHT;
        return calm && !fired.isEmpty()
                ? Optional.of("nothing was wrong with the service, but there fired " + fired)
                : Optional.empty();
    }

    /// However late and mixed up the events come: once all are there, every window of the past shows what really happened.
    private static Optional<String> reported(World world, Oracle oracle, List<ObserverFault> faults, Random dice, Planted bug) {
        var mixed = new ArrayList<>(world.events);
        mixed.addAll(world.events.subList(0, world.events.size() / 2));
        Collections.shuffle(mixed, dice);
        var episodes = new Episodes();
        feed(episodes, mixed, bug);
        var signals = bug.signals(episodes, faults);
        for (long now = Oracle.TICK; now <= World.END; now += 7 * Oracle.TICK) {
            for (long window : new long[]{60_000, 300_000}) {
                var client = difference(signals, Success.By.CLIENT, oracle.byClient(now, window), now, window);
                var attempt = difference(signals, Success.By.ATTEMPT, oracle.byAttempt(now, window), now, window);
                if (client.isPresent() || attempt.isPresent()) {
                    return client.or(() -> attempt);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> difference(ClientSignals signals, Success.By by, Oracle.Share truth, long now, long window) {
        var told = signals.success(by, Window.last(Duration.ofMillis(window), World.at(now))).ratio();
        return told.good() == truth.good() && told.tried() == truth.tried()
                ? Optional.empty()
                : Optional.of(by.words() + " at " + now + " over " + window + ": told " + told + ", true " + truth);
    }

    /// What gives a mistake away; empty where nothing does.
    static Optional<String> finds(Planted bug) {
        var found = Optional.<String>empty();
        for (long seed = 0; seed < PLANTED_SEEDS && found.isEmpty(); seed++) {
            found = bug.kind == null || bug.kind == new World(seed).kind ? wrong(seed, bug) : found;
        }
        return found;
    }
}
