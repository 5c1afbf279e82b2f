package io.lockkeeper.main;

import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the journal says of one run, to be asked.
record RunRecord(List<RunEvent> events) {
    <E extends RunEvent> Stream<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    <E extends RunEvent> Optional<E> first(Class<E> type, Predicate<E> which) {
        return all(type).filter(which).findFirst();
    }

    /// Orders that left for a target, in the order in which they were intended; e.g. `drain`, `ws-1@edge`.
    List<RunEvent.OpIntended> intended(String verb, String target) {
        return all(RunEvent.OpIntended.class)
                .filter(intent -> intent.op().order().verb().equals(verb) && intent.op().order().target().equals(target))
                .toList();
    }

    List<RunEvent.StepSucceeded> succeeded() {
        return all(RunEvent.StepSucceeded.class).toList();
    }

    Instant succeededAt(String path) {
        return first(RunEvent.StepSucceeded.class, step -> step.path().equals(path)).orElseThrow().at();
    }

    /// When an op's own call ended without an outcome.
    Optional<Instant> unknownAt(Op op) {
        return first(RunEvent.OpSettled.class,
                settled -> settled.op().equals(op.id()) && settled.outcome() instanceof Outcome.Unknown)
                .map(RunEvent::at);
    }

    /// When it was settled by looking, as applied or as not applied.
    Optional<Instant> seenAt(Op op, Class<? extends Settlement> as) {
        return first(RunEvent.OpObserved.class, seen -> seen.op().equals(op.id()) && as.isInstance(seen.settlement()))
                .map(RunEvent::at);
    }

    Optional<RunEvent.RunEnded> ended() {
        return all(RunEvent.RunEnded.class).reduce((_, last) -> last);
    }

    RunEvent.RollbackOrdered rollback() {
        return all(RunEvent.RollbackOrdered.class).findFirst().orElseThrow();
    }
}
