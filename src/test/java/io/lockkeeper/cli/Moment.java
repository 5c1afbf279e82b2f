package io.lockkeeper.cli;

import io.lockkeeper.app.Scenes;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/// A scene at some later moment, or with something else in it.
record Moment(Snapshot snapshot, Instant now) {
    static Moment of(Scenes.Scene scene) {
        return new Moment(scene.snapshot(), scene.now());
    }

    private static Snapshot copy(Snapshot old, Instant at, boolean following, Fleet fleet, List<LinkView> links, RunState run) {
        return new Snapshot(at, old.holder(), following, fleet, links, run, old.events(), old.runs(), old.knownGood(),
                old.control(),
                old.notices());
    }

    private RunState run() {
        return Objects.requireNonNull(snapshot.run());
    }

    /// Nothing was heard since: the snapshot itself grows old.
    Moment silentFor(int seconds) {
        return new Moment(snapshot, now.plusSeconds(seconds));
    }

    /// The holder goes on telling, and has nothing new to tell.
    Moment after(int seconds) {
        var later = now.plusSeconds(seconds);
        return new Moment(copy(snapshot, later, true, snapshot.fleet(), snapshot.links(), run()), later);
    }

    Moment holderGone() {
        return new Moment(copy(snapshot, snapshot.at(), false, snapshot.fleet(), snapshot.links(), run()), now);
    }

    Moment links(LinkView... links) {
        return new Moment(copy(snapshot, now, true, snapshot.fleet(), List.of(links), run()), now);
    }

    Moment then(Function<Instant, RunEvent> event) {
        return new Moment(
                copy(snapshot, now, true, snapshot.fleet(), snapshot.links(), RunMachine.evolve(run(), event.apply(now))),
                now);
    }

    Moment balancerUnreadable() {
        var balancers = new TreeMap<>(snapshot.fleet().balancers());
        balancers.replaceAll((_, sight) -> sight.lost("connection refused", now));
        return fleet(new Fleet(snapshot.fleet().nodes(), balancers, snapshot.fleet().views(), snapshot.fleet().processes(),
                snapshot.fleet().roll()));
    }

    Moment sessions(SessionRoll roll) {
        return fleet(new Fleet(snapshot.fleet().nodes(), snapshot.fleet().balancers(), snapshot.fleet().views(),
                snapshot.fleet().processes(), new Sight.Seen<>(roll, now)));
    }

    private Moment fleet(Fleet fleet) {
        return new Moment(copy(snapshot, now, true, fleet, snapshot.links(), run()), now);
    }

    Progress progress() {
        return ProgressWords.of(snapshot, Scenes.ENVIRONMENT, now);
    }
}
