package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.observer.Circumstances;
import io.lockkeeper.domain.observer.Control;
import io.lockkeeper.domain.observer.Finding;
import io.lockkeeper.domain.observer.SelfDoubt;
import io.lockkeeper.domain.signal.ObserverFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What Lockkeeper finds out of its own network in a world, second by second, with one control target that is asked every 3 s. Where the world
/// says what it knows, that.
final class SelfSearch {
    private static final long SECOND = 1_000;
    private static final long AFTERMATH = 10_000;
    private static final long RHYTHM = 5_000;
    /// An evaluation waits so long for what is not known yet.
    private static final long WAITS = 9_000;

    private final World world;
    private final Planted bug;
    private final List<List<ObserverFault>> known = new ArrayList<>();
    private final List<Boolean> unsure = new ArrayList<>();
    private final List<ObserverFault> over = new ArrayList<>();
    private Control control = new Control("https://control");
    private @Nullable ObserverFault lasting;

    SelfSearch(World world, Planted bug) {
        this.world = world;
        this.bug = bug;
        if (isTold()) {
            over.add(new ObserverFault(World.at(world.faultFrom), World.at(world.faultTo), "planned by the world"));
        } else {
            walk();
        }
    }

    private boolean isTold() {
        return world.kind == World.Kind.OWN_NETWORK || world.kind == World.Kind.BOTH;
    }

    private void walk() {
        var episodes = new Episodes();
        int next = 0;
        for (long now = 0; now <= World.END + WAITS; now += SECOND) {
            while (next < world.events.size() && !world.events.get(next).at().isAfter(World.at(now))) {
                episodes.on(world.events.get(next++));
            }
            if (now % (3 * SECOND) == 0 || control.failures() == 1) {
                ask(now);
            }
            look(episodes, now);
        }
        var all = new ArrayList<>(over);
        Optional.ofNullable(lasting).ifPresent(all::add);
        if (all.size() == 1) {
            var to = all.getFirst().to();
            world.found(Duration.between(World.START, all.getFirst().from()).toMillis(),
                    to.equals(Instant.MAX) ? 2 * World.END : Duration.between(World.START, to).toMillis());
        }
    }

    private void ask(long now) {
        if (bug != Planted.CONTROLS_ASKED_ONCE || control.unproven()) {
            control = world.isCut(now) ? control.fails(World.at(now), "no answer") : control.answers(World.at(now));
        }
    }

    private void look(Episodes episodes, long now) {
        var at = World.at(now);
        var out = episodes.since(at).filter(Episode::open).toList();
        boolean gone = !out.isEmpty() && out.size() == episodes.watched();
        var found = bug == Planted.ALL_GONE_IS_OUR_FAULT && gone
                ? new Finding.Fault(out.getFirst().lostAt(), "all are gone")
                : SelfDoubt.of(new Circumstances(at, Duration.ofSeconds(15), episodes.watched(), out, List.of(control),
                        Duration.ofMillis(RHYTHM), 100, List.of(), List.of()));
        switch (found) {
            case Finding.Fault(var from, var why) when lasting == null ->
                lasting = new ObserverFault(bug == Planted.DOUBT_BEGINS_WHEN_FOUND ? at : from, Instant.MAX, why);
            case Finding.Sound _ when lasting != null && bug != Planted.DOUBT_NEVER_ENDS -> {
                over.add(new ObserverFault(lasting.from(), at.plusMillis(AFTERMATH), lasting.why()));
                lasting = null;
            }
            default -> {
                // it goes on as it is
            }
        }
        var all = new ArrayList<>(over);
        Optional.ofNullable(lasting).ifPresent(all::add);
        known.add(List.copyOf(all));
        unsure.add(found instanceof Finding.Unsure);
    }

    /// What an evaluation of that time goes by.
    List<ObserverFault> knownAt(long time) {
        if (isTold()) {
            return over;
        }
        int second = Math.toIntExact(time / SECOND);
        int last = Math.toIntExact(second + WAITS / SECOND);
        while (second < last && unsure.get(second)) {
            second++;
        }
        return known.get(second);
    }

    /// What must be so whatever the definitions are: one doubt, as long as the cut and not much longer, and else none.
    Optional<String> wrong() {
        if (isTold()) {
            return Optional.empty();
        }
        var all = knownAt(World.END);
        if (world.kind != World.Kind.CUT) {
            return all.isEmpty() ? Optional.empty() : Optional.of("doubted itself without a cause: " + all);
        }
        boolean good = all.size() == 1 && world.faultFrom <= world.from && world.faultFrom > world.from - RHYTHM
                && world.faultTo >= world.to && world.faultTo <= world.to + RHYTHM + AFTERMATH;
        return good ? Optional.empty() : Optional.of("cut from " + world.from + " to " + world.to + ", doubted " + all);
    }
}
