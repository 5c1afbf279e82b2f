package io.lockkeeper.app.watch;

import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Planned;
import io.lockkeeper.domain.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the episodes were told of the work of runs. Only news is told, for with each all of them are gone through anew; and a time of the wall
/// clock is turned into one of the clients' once, when it is first heard of, for the wall clock may be set afterwards.
public final class WorkLog {
    private record Begun(String path, Instant since) {}

    private final Map<Begun, Planned> told = new HashMap<>();
    private final Episodes episodes;
    private final Duration silence;

    /// @param silence what a client takes to notice, at most, that nobody is there any more
    public WorkLog(Episodes episodes, Duration silence) {
        this.episodes = episodes;
        this.silence = silence;
    }

    /// @param ahead of the wall clock is that of the clients by so much
    public void tell(@Nullable RunState run, Instant now, Duration ahead) {
        var tasks = run == null ? List.<RunWork.Task>of() : new RunWork(run).tasks();
        var present = new HashMap<Begun, RunWork.Task>();
        tasks.stream().filter(task -> task.until() == null || task.until().plus(ahead).isAfter(now.minus(Watch.MEMORY)))
                .forEach(task -> present.put(new Begun(task.path(), task.since()), task));
        present.forEach((begun, task) -> {
            var until = task.until();
            var known = told.get(begun);
            if (known == null || (known.to().equals(Instant.MAX) && until != null)) {
                tell(begun, new Planned(task.node(), known == null ? task.since().plus(ahead) : known.from(),
                        until == null ? Instant.MAX : until.plus(ahead).plus(silence), task.work()));
            }
        });
        for (var entry : Map.copyOf(told).entrySet()) {
            if (!present.containsKey(entry.getKey()) && entry.getValue().to().equals(Instant.MAX)) {
                var open = entry.getValue();
                tell(entry.getKey(), new Planned(open.node(), open.from(), now.plus(silence), open.work()));
            }
        }
    }

    private void tell(Begun begun, Planned planned) {
        told.put(begun, planned);
        episodes.on(planned);
    }

    public void forget(Instant before) {
        told.values().removeIf(planned -> planned.to().isBefore(before));
    }
}
