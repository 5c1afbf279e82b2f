package io.lockkeeper.app.watch;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeStanding;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.signal.NodeProbes;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.signal.ProbeReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the probes of single nodes meet, apart from what clients that come as users do meet. Owned by the session's thread.
final class ProbeWatch {
    private final NodeProbes.Plan plan;
    private final NodeProbes met;
    private final Episodes episodes = Episodes.ofProbes();
    private final EpisodeLog log;

    ProbeWatch(NodeProbes.Plan plan, Past past) {
        this.plan = plan;
        met = new NodeProbes(plan);
        log = new EpisodeLog(episodes, past);
    }

    void on(ClientEvent event) {
        met.on(event);
        episodes.on(event);
    }

    /// Nodes on which nobody is to be, so no probe either: ordered out of the balancers, or a run is at work on them. A probe would be somebody
    /// who still comes, and what it meets would say nothing.
    Set<String> resting(Fleet fleet, @Nullable RunState run, Instant wall) {
        var nodes = new TreeSet<String>();
        plan.nodes().keySet().stream().filter(node -> NodeStanding.of(fleet, node, wall) == NodeStanding.TAKEN_OUT)
                .forEach(nodes::add);
        if (run != null && run.open()) {
            new RunWork(run).tasks().stream().filter(task -> task.until() == null).map(RunWork.Task::node).forEach(nodes::add);
        }
        nodes.retainAll(plan.nodes().keySet());
        return nodes;
    }

    List<ProbeReading> readings(List<ObserverFault> faults, Duration ahead, Set<String> resting) {
        return met.readings(faults, ahead, resting);
    }

    Stream<Episode> remembered() {
        return episodes.all();
    }

    /// @return whether more is left to be told
    boolean tell(Instant now, List<ObserverFault> faults) {
        return log.tell(now, faults);
    }

    void forget(Instant before) {
        episodes.forget(before);
    }
}
