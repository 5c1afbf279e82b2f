package io.lockkeeper.app;

import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.watch.Drill;
import io.lockkeeper.domain.trigger.Said;
import io.lockkeeper.domain.watch.Latch;
import io.lockkeeper.domain.watch.TriggerRecord;
import io.lockkeeper.port.RunEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// All runs of an environment as the fold of its journal, entry by entry. Owned by one thread. The holder keeps one, and so does every
/// follower, from the same entries with the same code.
public final class RunHistory {
    /// Hears each event as it is added.
    interface Listener {
        /// @param run as the event left it; `null` where it is of no run that is known
        void heard(RunEvent event, @Nullable RunState run);
    }

    private final RunEvents codec;
    private final Listener listener;
    private final SequencedMap<String, RunState> states = new LinkedHashMap<>();
    private final Map<String, List<Recorded>> events = new LinkedHashMap<>();
    private final List<String> unreadable = new ArrayList<>();
    private final SequencedMap<String, Latch> latches = new LinkedHashMap<>();
    private Said said = Said.NOTHING;
    private @Nullable KnownGood knownGood;
    private @Nullable Control control;
    private @Nullable Drill drill;
    private long lastSeq;

    public RunHistory(RunEvents codec) {
        this(codec, (_, _) -> {
        });
    }

    RunHistory(RunEvents codec, Listener listener) {
        this.codec = codec;
        this.listener = listener;
    }

    /// Adds the next entry. One that this release does not know makes its run read-only and changes nothing else.
    public void add(Entry entry) {
        lastSeq = entry.seq();
        RunEvent event;
        try {
            event = codec.decode(new RunEvents.Encoded(entry.type(), entry.version(), entry.body()));
        } catch (RunEvents.UnknownEvent e) {
            unreadable.add(entry.run() == null ? "" : entry.run());
            return;
        }
        switch (event) {
            case RunEvent.KnownGoodSet(var at, var actor, var versions) -> knownGood = new KnownGood(versions, actor, at);
            case RunEvent.ControlTaken(var at, var actor, var reason, var until) ->
                control = new Control(actor, reason, at, until);
            case RunEvent.ControlGivenBack _ -> control = null;
            case RunEvent.TriggerFired(var at, var trigger, var evidence) ->
                fired(new Latch(trigger, at, evidence));
            case RunEvent.DrillBegan(var at, var actor, var reason, var until) -> drill = new Drill(actor, reason, at, until);
            case RunEvent.DrillEnded _ -> drill = null;
            case RunEvent.TriggerAcknowledged(_, var trigger, _, _) -> {
                latches.remove(trigger);
                said = said.acknowledged(trigger);
            }
            case RunEvent.Reported(var report) -> said = said.with(report);
            default -> {
                // of its run alone
            }
        }
        var run = entry.run();
        if (run != null) {
            apply(run, event);
            events.computeIfAbsent(run, _ -> new ArrayList<>()).add(new Recorded(entry.seq(), entry.at(), run, event));
        }
        listener.heard(event, run == null ? null : states.get(run));
    }

    private void fired(Latch latch) {
        latches.putIfAbsent(latch.trigger(), latch);
        said = said.fired(latch.trigger());
    }

    /// The events of one run among entries; those that this release does not know are left out.
    static List<Recorded> events(String run, List<Entry> entries, RunEvents codec) {
        var found = new ArrayList<Recorded>();
        for (var entry : entries) {
            if (run.equals(entry.run())) {
                try {
                    var event = codec.decode(new RunEvents.Encoded(entry.type(), entry.version(), entry.body()));
                    found.add(new Recorded(entry.seq(), entry.at(), run, event));
                } catch (RunEvents.UnknownEvent _) {
                    // written by a later release, which can show it
                }
            }
        }
        return List.copyOf(found);
    }

    private void apply(String run, RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            states.put(run, RunMachine.begin(started));
        } else {
            states.computeIfPresent(run, (_, state) -> RunMachine.evolve(state, event));
        }
    }

    public long lastSeq() {
        return lastSeq;
    }

    public Optional<RunState> run(String run) {
        return Optional.ofNullable(states.get(run));
    }

    /// The run that has not ended; there is at most one.
    public Optional<RunState> open() {
        for (var state : states.values()) {
            if (state.open()) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /// True when the run has entries that this release cannot read: it may be shown, never gone on with.
    public boolean isReadOnly(String run) {
        return unreadable.contains(run);
    }

    /// The open run, else the newest.
    public Optional<RunState> current() {
        return open().or(() -> states.isEmpty() ? Optional.empty() : Optional.of(states.lastEntry().getValue()));
    }

    public List<Recorded> events(String run) {
        return List.copyOf(events.getOrDefault(run, List.of()));
    }

    /// The newest event of a run.
    public Optional<RunEvent> newest(String run) {
        var all = events.getOrDefault(run, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().event());
    }

    public Optional<KnownGood> knownGood() {
        return Optional.ofNullable(knownGood);
    }

    /// Who took control last and has not given it back; it may have run out.
    public Optional<Control> control() {
        return Optional.ofNullable(control);
    }

    /// The newest drill that was not ended; it may be over.
    public Optional<Drill> drill() {
        return Optional.ofNullable(drill);
    }

    /// What has fired and was not acknowledged, by trigger, in the order in which it fired.
    public SequencedMap<String, Latch> latches() {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(latches));
    }

    /// What triggers go by beside what is measured.
    public TriggerRecord triggers() {
        return new TriggerRecord(latches, said);
    }

    /// Newest first.
    public List<RunSummary> summaries() {
        return states.values().stream().map(this::summary).toList().reversed();
    }

    private RunSummary summary(RunState state) {
        var ended = state.ended();
        int unknowns = (int) state.ops().values().stream().filter(op -> op.is(OpRun.Status.UNKNOWN)).count();
        int unverified = (int) events.getOrDefault(state.run(), List.of()).stream()
                .filter(one -> one.event() instanceof RunEvent.StepSkipped).count();
        return new RunSummary(state.run(), state.start().plan().runbook(), state.start().plan().title(), state.start().actor(),
                state.start().at(), ended == null ? null : ended.at(), ended == null ? null : ended.ending(), unknowns,
                unverified);
    }
}
