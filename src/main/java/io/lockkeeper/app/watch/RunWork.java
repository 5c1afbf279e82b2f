package io.lockkeeper.app.watch;

import io.lockkeeper.domain.client.Planned;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Verb;
import io.lockkeeper.domain.trigger.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a run does to the service's clients on purpose.
public record RunWork(RunState run) {
    private static final Set<Verb> FELT = EnumSet.of(Verb.DRAIN, Verb.CLOSE_SESSIONS, Verb.RESTART, Verb.DEPLOY, Verb.ROLLBACK);

    /// One step at work on one node.
    ///
    /// @param until `null` while it goes on
    public record Task(String path, String node, Planned.Work work, Instant since, @Nullable Instant until) {}

    public List<Task> tasks() {
        var tasks = new ArrayList<Task>();
        for (var step : run.steps().values()) {
            if (step.enteredAt() != null && step.state() != StepState.NOT_STARTED
                    && run.text(step.path()).orElse(null) instanceof Step.Action action && FELT.contains(action.verb())) {
                tasks.add(new Task(step.path(), action.node(), work(step.path()), step.enteredAt(), until(step)));
            }
        }
        return tasks;
    }

    private @Nullable Instant until(StepRun step) {
        var ended = run.ended();
        return step.state().open() ? ended == null ? null : ended.at() : step.since();
    }

    /// Nodes one after the other are a handoff; anything else that was ordered is at least announced.
    private Planned.Work work(String path) {
        var wayBack = run.wayBack();
        var lanes = Stream.concat(run.start().plan().lanes().stream(),
                wayBack == null ? Stream.empty() : wayBack.plan().lanes().stream());
        return lanes.anyMatch(lane -> path.startsWith(lane.path() + "/")) ? Planned.Work.HANDOFF : Planned.Work.GRACEFUL;
    }

    /// The version that it puts on nodes and the one that most of them had; `null` where it puts none on them, or goes back.
    public @Nullable Versions versions() {
        if (!run.open() || run.leaving()) {
            return null;
        }
        var to = run.start().plan().leaves().stream().filter(Step.Action.class::isInstance).map(Step.Action.class::cast)
                .filter(action -> action.verb() == Verb.DEPLOY).map(Step.Action::version).filter(Objects::nonNull)
                .flatMap(version -> run.answer(version).stream()).reduce((_, later) -> later).orElse(null);
        if (to == null) {
            return null;
        }
        var before = run.start().restore().stream().map(RestorePoint::version).filter(Objects::nonNull)
                .filter(version -> !version.equals(to))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return before.entrySet().stream().max(Map.Entry.comparingByValue())
                .map(most -> new Versions(most.getKey(), to)).orElse(null);
    }
}
