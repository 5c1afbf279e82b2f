package io.lockkeeper.app;

import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.watch.Felt;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.metrics.MetricsReading;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Decision;
import io.lockkeeper.domain.run.Facts;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.trigger.TriggerSpec;
import io.lockkeeper.domain.watch.Drill;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.RunEvents;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import io.lockkeeper.domain.run.SoakTally;
import java.util.TreeMap;

/// Commands and outcomes become events, events become durable, and only then is anything done. Owned by one thread and never blocks but
/// for the journal's own write; its only asynchrony is [Effects].
public final class Engine {
    /// What the engine tells the session that owns it.
    public interface Observer {
        /// State or journal changed.
        void changed();

        void notice(Notice.Severity severity, String words);

        /// An event is in the journal; at the start each that stands there.
        ///
        /// @param run as the event left it; `null` where it is of no run that is known
        default void recorded(RunEvent event, @Nullable RunState run) {
            // most do not want to know
        }
    }

    /// Writes the way back down for the moment when this program is dead, and says where.
    public interface WayBackKeeper {
        String keep(RunEvent.RunStarted started) throws IOException;
    }

    /// @param felt by clients of ours; asked only while a gate asks for it
    /// @param holder who owns the runs from now on, for the journal
    public record Parts(Environment environment, Journal journal, RunEvents codec, Effects effects, Time time,
            Supplier<Fleet> fleet, Supplier<Felt> felt, Supplier<Optional<MetricsReading>> metrics,
            WayBackKeeper wayBack, Observer observer, String holder) {
        /// Without numbers of other systems.
        public Parts(Environment environment, Journal journal, RunEvents codec, Effects effects, Time time,
                Supplier<Fleet> fleet, Supplier<Felt> felt, WayBackKeeper wayBack, Observer observer, String holder) {
            this(environment, journal, codec, effects, time, fleet, felt, Optional::empty, wayBack, observer, holder);
        }

        /// Nobody watches.
        public Parts(Environment environment, Journal journal, RunEvents codec, Effects effects, Time time,
                Supplier<Fleet> fleet, WayBackKeeper wayBack, Observer observer, String holder) {
            this(environment, journal, codec, effects, time, fleet, () -> Felt.NOBODY, wayBack, observer, holder);
        }
    }

    /// More rounds than this without an end would be a loop in the rules themselves.
    private static final int MOST_ROUNDS = 1_000;

    private final Parts parts;
    private final RunHistory history;
    private final EventLog log;
    private final OpsUnderWay ops;
    private final FiredTriggers fired;
    private boolean resumed;
    private boolean acting;
    private Map<String, SoakTally> tallies = Map.of();
    private @Nullable Long lookedAt;

    /// Reads the whole journal and takes over the open run, if there is one: what an earlier start sent and never settled is unknown
    /// from here on.
    public Engine(Parts parts) throws JournalFailure {
        this(parts, true);
    }

    /// @param acting false to leave an open run where it is: commands are recorded, and only a start or a way back sets it in motion
    public Engine(Parts parts, boolean acting) throws JournalFailure {
        this.parts = parts;
        this.acting = acting;
        this.history = new RunHistory(parts.codec(), parts.observer()::recorded);
        this.log = new EventLog(parts.journal(), parts.codec(), history, parts.observer(), this::settleTallies);
        this.ops = new OpsUnderWay(parts.effects(), parts.time(), history, log, this::look);
        this.fired = new FiredTriggers(parts.environment().triggers(), history, log, parts.observer(), parts.time());
        parts.journal().read(1).forEach(history::add);
        if (acting) {
            takeOverOrWait();
        }
    }

    /// On a full disk a restarted console must still show its run and take the order to go back.
    private void takeOverOrWait() throws JournalFailure {
        try {
            takeOver();
        } catch (JournalFailure.DiskFull e) {
            log.failed(e);
        }
    }

    private void takeOver() throws JournalFailure {
        var open = history.open().orElse(null);
        if (!resumed && open != null && !history.isReadOnly(open.run())) {
            log.append(open.run(), List.of(new RunEvent.Resumed(now(), open.incarnation() + 1, parts.holder())), true);
            if (!open.rollingBack()) {
                armWayBack(open.start()); // who was killed right after the start had no time for it
            }
        }
        resumed = true;
    }

    /// Whether it sets runs in motion, or would as soon as there is one.
    public boolean acting() {
        return acting;
    }

    public RunHistory history() {
        return history;
    }

    private Instant now() {
        return parts.time().now();
    }

    private Facts facts() {
        var known = new Facts(parts.environment(), parts.fleet().get(), now(), tallies, orderable())
                .withFired(history.latches()).withMetrics(parts.metrics().get().orElse(null));
        return history.open().filter(RunMachine::asksClients).isPresent() ? known.with(parts.felt().get()) : known;
    }

    /// How gates and soaks that are under way and ask what clients of ours felt stand now, for whoever only looks on.
    public Map<String, Reading> judged() {
        return history.open().filter(RunMachine::asksClients).map(state -> RunMachine.judged(state, facts())).orElse(Map.of());
    }

    private EnvironmentCommands environmentCommands() {
        return new EnvironmentCommands(parts.environment().triggers(), history, now());
    }

    /// Who has control now.
    public Optional<Control> control() {
        return environmentCommands().control();
    }

    /// The drill that goes on now.
    public Optional<Drill> drill() {
        return environmentCommands().drill();
    }

    private boolean orderable() {
        var until = orderableUntil();
        return until == null || until.isAfter(now());
    }

    /// Until when orders may leave: `null` without end, where nobody has to take control, or a run goes back or is being aborted.
    public @Nullable Instant orderableUntil() {
        boolean free = !parts.environment().guards().control() || history.open().map(RunState::leaving).orElse(false);
        return free ? null : history.control().map(Control::until).orElse(Instant.MIN);
    }

    public Submitted submit(String run, Command command) {
        if (command instanceof Command.Start start) {
            return start(start);
        }
        var ofEnvironment = environmentCommands().decide(command);
        if (ofEnvironment.isPresent()) {
            return ofEnvironment(ofEnvironment.get());
        }
        var state = history.run(run).orElse(null);
        if (state == null) {
            return new Submitted.Refused("no run " + run + " in environment " + parts.environment().name());
        }
        if (history.isReadOnly(run)) {
            return new Submitted.Refused("run " + run + " was written by a newer release; it can only be looked at here");
        }
        var other = inOtherHands(command);
        if (other.isPresent()) {
            return new Submitted.Refused(other.get());
        }
        if (RunMachine.decide(state, command, facts()) instanceof Decision.Refused(var why)) {
            return new Submitted.Refused(why);
        }
        try {
            log.write(urgent(command), _ -> takeOver());
        } catch (JournalFailure e) {
            return new Submitted.Refused(e.why());
        }
        acting |= command instanceof Command.RollBack;
        return switch (RunMachine.decide(history.run(run).orElse(state), command, facts())) {
            case Decision.Refused(var why) -> new Submitted.Refused(why);
            case Decision.Events(var events) -> take(run, command, events);
        };
    }

    /// Writes down that a trigger fired and says so once; what follows from it is for people.
    ///
    /// @return whether it was written
    public boolean fired(TriggerSpec trigger, String evidence) {
        return fired.fired(trigger, evidence);
    }

    /// Somebody else has control: what needs it is theirs to order.
    private Optional<String> inOtherHands(Command command) {
        return orderableUntil() == null || !RunMachine.needsControl(command)
                ? Optional.empty()
                : control().map(Control::actor).filter(who -> !who.equals(command.actor()))
                        .map(who -> who + " has control of " + parts.environment().name() + ": take it over, with a reason");
    }

    private Submitted ofEnvironment(Decision decision) {
        return switch (decision) {
            case Decision.Refused(var why) -> new Submitted.Refused(why);
            case Decision.Events(var events) -> {
                try {
                    log.append(null, events, true);
                } catch (JournalFailure e) {
                    yield new Submitted.Refused(e.why());
                }
                long taken = history.lastSeq();
                look();
                yield new Submitted.Taken(taken);
            }
        };
    }

    private Submitted start(Command.Start start) {
        var open = history.open().orElse(null);
        if (open != null) {
            return new Submitted.Refused("run " + open.run() + " is open; one run at a time in an environment");
        }
        if (history.run(start.run()).isPresent()) {
            return new Submitted.Refused("a run " + start.run() + " exists already");
        }
        if (!orderable()) {
            return new Submitted.Refused("nobody has control of " + parts.environment().name() + ": take control first");
        }
        var other = inOtherHands(start);
        if (other.isPresent()) {
            return new Submitted.Refused(other.get());
        }
        if (!start.environmentHash().equals(parts.environment().hash())) {
            return new Submitted.Refused("the environment file changed between preparing and starting; prepare the run again");
        }
        var started = RunMachine.start(start, now());
        try {
            log.append(start.run(), List.of(started, new RunEvent.Resumed(now(), 1, parts.holder())), true);
        } catch (JournalFailure e) {
            return new Submitted.Refused("nothing was started: " + e.why());
        }
        long taken = history.lastSeq();
        resumed = true;
        acting = true;
        armWayBack(started);
        look();
        return new Submitted.Taken(taken);
    }

    private void armWayBack(RunEvent.RunStarted started) {
        if (started.wayBack() == null) {
            return;
        }
        try {
            var file = parts.wayBack().keep(started);
            parts.observer().notice(Notice.Severity.NEWS, "the way back was armed and written down in " + file);
        } catch (IOException e) {
            log.record(started.run(), List.of(new RunEvent.Held(now(), "lockkeeper",
                    "the way back could not be written down: " + e.getMessage() + "; mend that, or continue without the file")));
        }
    }

    private static boolean urgent(Command command) {
        return command instanceof Command.RollBack || command instanceof Command.Hold || command instanceof Command.Abort;
    }

    private Submitted take(String run, Command command, List<RunEvent> events) {
        boolean anchor = command instanceof Command.RollBack || command instanceof Command.Abort;
        try {
            log.write(urgent(command), first -> log.append(run, events, first && anchor));
        } catch (JournalFailure e) {
            return new Submitted.Refused(e.why());
        }
        long taken = history.lastSeq();
        look();
        return new Submitted.Taken(taken);
    }

    /// Records versions as known good on a person's word.
    public Submitted setKnownGood(String actor, Map<String, String> versions) {
        return ofEnvironment(Decision.of(new RunEvent.KnownGoodSet(now(), actor, versions)));
    }

    /// New facts, or time has passed: everything that follows from that happens now.
    public void look() {
        log.saveWhatIsUnsaved();
        fired.judgeWhatWasSaid();
        if (acting && !resumed && !resumeNow()) {
            return;
        }
        var open = history.open().orElse(null);
        if (open == null || !acting || history.isReadOnly(open.run()) || log.broken()) {
            return;
        }
        noticeGap(open);
        var seen = facts();
        tallies = RunMachine.tallies(history.run(open.run()).orElse(open), seen);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var state = history.run(open.run()).orElse(open);
            var events = RunMachine.look(state, seen.with(tallies));
            if (events.isEmpty() || !log.record(open.run(), events)) {
                break;
            }
        }
        history.run(open.run()).ifPresent(ops::act);
    }

    private void noticeGap(RunState state) {
        long now = parts.time().ticks();
        var before = lookedAt;
        lookedAt = now;
        if (before != null) {
            RunMachine.lookedAway(state, Duration.ofNanos(now - before), now())
                    .ifPresent(event -> log.record(state.run(), List.of(event)));
        }
    }

    /// What is journalled now is not counted again.
    private void settleTallies(List<RunEvent> events) {
        var next = new TreeMap<>(tallies);
        for (var event : events) {
            switch (event) {
                case RunEvent.SoakEvidence(_, var path, _, var to, _, _) ->
                    next.computeIfPresent(path, (_, tally) -> tally.after(to));
                case RunEvent.SoakPaused(_, var path, _, _) -> next.remove(path);
                case RunEvent.ClockJumped _,RunEvent.LookedAway _ -> next.clear();
                default -> {
                    // not of a soak
                }
            }
        }
        tallies = next;
    }

    private boolean resumeNow() {
        try {
            takeOver();
            return true;
        } catch (JournalFailure e) {
            log.failed(e);
            return false;
        }
    }

    /// Wall time jumped, the machine slept, or nobody looked for so long.
    public void clockJumped(Duration by) {
        ops.clockWasSet();
        parts.observer().notice(Notice.Severity.WARNING,
                "the clock jumped, or this computer slept, by " + by.toSeconds() + " s: everything that must hold starts again");
        history.open().filter(_ -> acting).ifPresent(state -> log.keep(state.run(), new RunEvent.ClockJumped(now(), by)));
    }

    public Optional<Instant> wakeAt() {
        return history.open().flatMap(state -> RunMachine.wakeAt(state, now()));
    }

    /// Until when nothing can follow but that soaks count time, as long as everything stays as it is; empty where more is under way.
    public Optional<Instant> countsUntil() {
        return history.open().flatMap(state -> RunMachine.countsUntil(state, tallies));
    }

    /// For a model whose every reading is known without being read: each look until now would have seen what the last one saw, with a
    /// new reading in each `period`. Nobody can say that of real endpoints.
    public void sawNothingElse(Duration period) {
        lookedAt = parts.time().ticks();
        var evidence = RunMachine.evidenceUntil(tallies, now(), period);
        if (!evidence.isEmpty()) {
            history.open().ifPresent(state -> log.record(state.run(), evidence));
        }
        tallies = RunMachine.through(tallies, now(), period);
    }
}
